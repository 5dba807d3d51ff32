import { brokenRules } from './broken-rules.ts';
import { type FaultCase, titleOf } from './fault-cases.ts';
import { playCase } from './play-case.ts';
import { directTime } from './scene.ts';

export interface FaultReport {
  readonly tried: number;
  /** The cases that were not as they have to be. */
  readonly wrong: readonly { readonly title: string; readonly complaints: readonly string[] }[];
  /** Rejections that nobody heard, over all cases. */
  readonly unhandled: number;
  /** ms of its own time: the longest until a sender was told. */
  readonly slowest: number;
}

/** Each waits for a turn of the event loop now and then. */
const AT_A_TIME = 50;

/** Plays cases side by side: whatever one of them does must not be felt by another. */
export async function runCases(cases: readonly FaultCase[]): Promise<FaultReport> {
  const wrong: { title: string; complaints: readonly string[] }[] = [];
  let unhandled = 0;
  let slowest = 0;
  let next = 0;

  async function work(): Promise<void> {
    for (let each = cases[next++]; each !== undefined; each = cases[next++]) {
      const seen = await playCase(each);
      slowest = Math.max(slowest, seen.took);
      const complaints = brokenRules(each, seen);
      if (complaints.length > 0) wrong.push({ title: titleOf(each), complaints });
    }
  }

  const leave = directTime();
  const count = (): void => void unhandled++;
  process.on('unhandledRejection', count);
  try {
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', count);
    leave();
  }
  return { tried: cases.length, wrong, unhandled, slowest };
}
