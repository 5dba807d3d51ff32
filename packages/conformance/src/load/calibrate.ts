import type { Client } from './client.ts';
import { SHARES } from './load-options.ts';
import { forged, idOf, signed } from './plan.ts';

const SENDERS = 64;
/** ms, of which the first third is for warming up. */
const DURATION = 15_000;

export interface Capacity {
  /** Requests a second. */
  readonly rate: number;
  /** What was delivered by then. */
  readonly ids: readonly string[];
}

/** What the server can do of the same mixture: so many senders, each of whom sends as soon as it was answered. */
export async function calibrate(client: Client, chance: () => number): Promise<Capacity> {
  const begin = performance.now();
  const ids: string[] = [];
  let counted = 0;
  const elapsed = (): number => performance.now() - begin;

  /** Requests that it took. */
  async function deliver(at: number): Promise<number> {
    const id = idOf('cal', at);
    const lot = chance();
    if (lot < SHARES.tampered) {
      await client.send(forged(id, at));
      return 1;
    }
    ids.push(id);
    const isAborted = lot < SHARES.tampered + SHARES.aborted;
    if (isAborted) await client.cutOff(signed(id, at), 'in the body');
    const isDuplicate = chance() < SHARES.duplicate;
    for (let copies = isDuplicate ? 2 : 1; copies > 0; copies--) {
      const { status } = await client.send(signed(id, at));
      if (status !== 200) throw new Error(`${id} was told ${status}`);
    }
    return 1 + (isAborted ? 1 : 0) + (isDuplicate ? 1 : 0);
  }

  let next = 0;
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      while (elapsed() < DURATION) {
        const requests = await deliver(next++);
        const now = elapsed();
        if (now > DURATION / 3 && now < DURATION) counted += requests;
      }
    }),
  );
  return { rate: counted / ((DURATION * 2) / 3 / 1000), ids };
}
