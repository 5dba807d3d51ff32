import { createGate } from '@countersign/core';
import { median } from '../median.ts';
import { newDelivery } from './lane.ts';
import type { Subject } from './subject.ts';

/** What became of the copies that came at once. */
export interface Wave {
  /** How many got which answer. */
  readonly answers: Readonly<Record<string, number>>;
  /** ms until a copy that did not run was answered. */
  readonly p50: number;
  readonly p99: number;
}

export interface Storm {
  readonly runs: number;
  readonly whileItRuns: Wave;
  readonly whenItIsDone: Wave;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** So many copies of one delivery at the same time, whose handler takes half a second; and then as many again. */
export async function storm({ store }: Subject, copies: number): Promise<Storm> {
  // The whole crowd comes at once to one process: what is measured is how fast it is sent away, not when that is given up.
  const gate = createGate<unknown>({ store, deadline: 60_000 });
  const { key } = newDelivery();
  let runs = 0;

  async function wave(): Promise<Wave> {
    const begin = performance.now();
    const waits: number[] = [];
    const answers: Record<string, number> = {};
    const copy = async (): Promise<void> => {
      const { status } = await gate.run(key, async () => {
        runs++;
        await sleep(500);
      });
      answers[status] = (answers[status] ?? 0) + 1;
      if (status !== 'ran') waits.push(performance.now() - begin);
    };
    await Promise.all(Array.from({ length: copies }, copy));
    return { answers, p50: median(waits), p99: median(waits, 0.99) };
  }

  const whileItRuns = await wave();
  const whenItIsDone = await wave();
  return { runs, whileItRuns, whenItIsDone };
}
