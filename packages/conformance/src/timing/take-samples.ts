import type { Samples } from './statistics.ts';

/**
 * `alike`: nothing may be seen. `planted`: a mistake, to show that the method sees what it looks for. `known`: it
 * differs, and tells nothing that is worth hiding.
 */
export type Expected = 'alike' | 'planted' | 'known';

/** Which of the two inputs. */
export type Kind = 'first' | 'last';

/** Does one thing to two inputs that differ in nothing but what is looked for. */
export interface Subject {
  readonly name: string;
  readonly expected: Expected;
  /** What differs. */
  readonly of: string;
  /** Pairs of durations to take. */
  readonly samples: number;
  /** Puts an input in its place, before the clock runs. */
  prepare(kind: Kind): void;
  act(): unknown;
}

/** Before the compiler has done its work nothing is counted. */
const WARM_UP = 3000;

async function duration(subject: Subject, kind: Kind): Promise<number> {
  subject.prepare(kind);
  const started = process.hrtime.bigint();
  const done = subject.act();
  if (done instanceof Promise) await done;
  return Number(process.hrtime.bigint() - started);
}

/** Takes both kinds in turns, in an order that is drawn for each pair: whatever the machine does, it does to both. */
export async function takeSamples(subject: Subject, chance: () => number): Promise<Samples> {
  const { samples } = subject;
  const taken = { first: new Float64Array(samples), last: new Float64Array(samples) };
  for (let pair = -WARM_UP; pair < samples; pair++) {
    const order: readonly Kind[] = chance() < 0.5 ? ['first', 'last'] : ['last', 'first'];
    for (const kind of order) {
      const took = await duration(subject, kind);
      if (pair >= 0) taken[kind][pair] = took;
    }
  }
  return taken;
}
