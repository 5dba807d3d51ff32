import { attackAll } from './attack-run.ts';
import { attacks } from './attacks/index.ts';
import type { Plant } from './plants.ts';
import { HASTY } from './server-options.ts';
import { messageOf, openTarget } from './target.ts';

/**
 * What is found wrong with a planted mistake.
 *
 * @param file the server's program
 */
export async function caught(file: string, { defect, attacks: names }: Plant): Promise<readonly string[]> {
  const chosen = attacks.filter(({ name }) => names.includes(name));
  if (chosen.length !== names.length) throw new Error(`there is no such attack: ${names.join(', ')}`);
  try {
    const target = await openTarget(file, { ...HASTY, framework: defect }, 1000);
    const assaults = chosen.map((attack) => ({ attack, mount: 'webhook' as const }));
    const reports = await attackAll(target, assaults).finally(() => target.server.stop());
    return reports.flatMap(({ complaints }) => complaints);
  } catch (error) {
    return [messageOf(error)];
  }
}
