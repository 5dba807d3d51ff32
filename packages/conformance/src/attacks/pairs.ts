import type { Delivery } from '@countersign/testing';
import { NOW } from '../privacy/confidants.ts';
import { verdictOn } from './recompute.ts';
import type { Target } from './target.ts';

/** What became of every delivery at every other receiver. */
export interface Crossing {
  readonly tried: number;
  /** Of those: as two vendors who share a secret here, and perhaps a way to sign. Refused or taken, it is right. */
  readonly undecided: number;
  readonly wrong: readonly string[];
}

/** Under the header in which the other looks for a signature. */
function readdressed({ header: from, genuine }: Target, { header: to }: Target): Delivery | undefined {
  if (from === undefined || to === undefined || from === to) return undefined;
  return { ...genuine, headers: { ...genuine.headers, [to]: genuine.headers[from] ?? '' } };
}

/** Whether one's secret is the other's, or a part of it: a password of a user, the one without its prefix. */
const shareSecrets = (a: Target, b: Target): boolean =>
  a.keys.some((one) => b.keys.some((other) => one.includes(other) || other.includes(one)));

/** Whether it must be refused: by recomputation, or because no secret is the same. */
function isForged(from: Target, to: Target, delivery: Delivery): boolean | undefined {
  if (to.fact) return verdictOn(to.fact, to.secret, delivery, NOW) === 'forged';
  return shareSecrets(from, to) ? undefined : true;
}

/** Sends each genuine delivery to each other receiver, as it is and under its header, by its method. */
export async function crossAll(targets: readonly Target[]): Promise<Crossing> {
  const wrong: string[] = [];
  let tried = 0;
  let undecided = 0;
  for (const from of targets) {
    for (const to of targets) {
      if (from.file === to.file) continue;
      for (const sent of [from.genuine, readdressed(from, to)]) {
        if (sent === undefined) continue;
        tried++;
        const delivery = { ...sent, method: to.genuine.method };
        const forged = isForged(from, to, delivery);
        const answer = await to.judge(delivery);
        if (forged === undefined) undecided++;
        const isWrong = answer === 'broken' || (forged === true && answer !== 'refused');
        if (isWrong || (forged === false && answer === 'refused'))
          wrong.push(`${from.title} to ${to.title}: ${answer}`);
      }
    }
  }
  return { tried, undecided, wrong };
}
