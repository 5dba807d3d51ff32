// A process of its own with the store open. It says what it did, a JSON line each, and waits to be told to begin.
import { once } from 'node:events';
import { openLibsql } from './open.ts';

const [task = '', file = '', ...rest] = process.argv.slice(2);
const { store } = await openLibsql(file);
const say = (line: unknown): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);
const retentionMs = 600_000;

/** Handles every key of the race, now and then failing at it, until all are done. Says which attempts were its own. */
async function race(count: number): Promise<void> {
  const claims: string[] = [];
  const completions: string[] = [];
  let left = Array.from({ length: count }, (_, index) => `k${index}`);
  for (let round = 0; left.length > 0 && round < 1000; round++) {
    const unsettled: string[] = [];
    for (const key of left) {
      const token = `${process.pid}-${key}-${round}`;
      const result = await store.claim(key, { token, leaseMs: 60_000, retentionMs });
      if (result.status === 'done') continue;
      unsettled.push(key);
      if (result.status === 'busy') continue;
      claims.push(`${key}#${result.fence}`);
      // The others get their turn, and find the key busy.
      await new Promise((resolve) => setImmediate(resolve));
      if ((result.attempt + key.length) % 3 === 0) {
        if (await store.complete(key, { token, retentionMs })) completions.push(key);
      } else {
        await store.release(key, { token, retentionMs });
      }
    }
    left = unsettled;
    // Whoever asks without a pause keeps the owner of a key from the lock that it needs.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  say({ claims, completions, left });
}

/** Completes one key, claims another, and never gets any further. */
async function hold(leaseMs: number): Promise<void> {
  await store.claim('done', { token: 'child', leaseMs, retentionMs });
  await store.complete('done', { token: 'child', retentionMs });
  await store.claim('held', { token: 'child', leaseMs, retentionMs });
  say('holding');
  setInterval(() => {}, 1000);
}

say('ready');
await once(process.stdin, 'data');
process.stdin.pause();
await (task === 'race' ? race : hold)(Number(rest[0]));
