import type { Assault } from './attack.ts';
import { type AttackReport, attackAll } from './attack-run.ts';
import { HASTY, PATIENT, type ServerOptions } from './server-options.ts';
import { openTarget } from './target.ts';

/** A server that is found wrong is replaced, so that the next attack finds one in peace. */
async function attackInTurn(
  file: string,
  options: ServerOptions,
  batches: readonly (readonly Assault[])[],
): Promise<readonly AttackReport[]> {
  const reports: AttackReport[] = [];
  let target = await openTarget(file, options);
  for (const batch of batches) {
    const found = await attackAll(target, batch);
    reports.push(...found);
    if (found.every(({ complaints }) => complaints.length === 0)) continue;
    await target.server.stop();
    target = await openTarget(file, options);
  }
  await target.server.stop();
  return reports;
}

/**
 * All attacks on one framework: the slow ones at once, on a server whose bounds in time are short, the others on one
 * whose bounds are long.
 *
 * @param file the server's program
 * @param abreast how many at once of those that do not mind
 */
export async function campaign(
  file: string,
  framework: string,
  assaults: readonly Assault[],
  abreast = 1,
): Promise<readonly AttackReport[]> {
  const slow = assaults.filter(({ attack }) => attack.kind === 'slow');
  const alone = assaults.filter(({ attack }) => attack.kind === 'alone');
  const others = assaults.filter(({ attack }) => attack.kind === undefined);
  const batches = [...alone.map((each) => [each])];
  for (let at = 0; at < others.length; at += abreast) batches.push(others.slice(at, at + abreast));
  const reports = await Promise.all([
    attackInTurn(file, { ...HASTY, framework }, slow.length > 0 ? [slow] : []),
    attackInTurn(file, { ...PATIENT, framework }, batches),
  ]);
  return reports.flat();
}
