import type { DedupStore } from '@countersign/core';
import { random } from '../crash/random.ts';
import type { Operation, Verb } from './operation.ts';
import { type Servers, subjects } from './subjects.ts';

export interface ClientOptions {
  readonly subject: string;
  readonly servers: Servers;
  readonly process: number;
  readonly clients: number;
  /** Operations of each client on each key. */
  readonly operations: number;
  readonly seed: number;
}

const options: ClientOptions = JSON.parse(process.argv[2] ?? '{}');

/** One clock for all processes of a machine. */
const clock = (): number => Number(process.hrtime.bigint()) / 1e6;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const LEASES = [15, 40, 120];
const RETENTION = 600_000;

const verbs: Record<
  Verb,
  (store: DedupStore, key: string, token: string, lease: number) => Promise<Operation['answer']>
> = {
  claim: (store, key, token, leaseMs) => store.claim(key, { token, leaseMs, retentionMs: RETENTION }),
  complete: (store, key, token) => store.complete(key, { token, retentionMs: RETENTION }),
  release: (store, key, token) => store.release(key, { token, retentionMs: RETENTION }),
  extend: (store, key, token, leaseMs) => store.extend(key, { token, leaseMs }),
};

/** What a client does next with a key, and how often out of 20. A claim is sent again, or made anew. */
const plan: readonly (readonly [Verb | 'resend', number])[] = [
  ['claim', 5],
  ['resend', 4],
  ['release', 5],
  ['extend', 4],
  ['complete', 2],
];
const choices = plan.flatMap(([move, times]) => Array<typeof move>(times).fill(move));

/** A few operations of one client on one key, one after the other. */
async function play(store: DedupStore, client: string, key: number, seed: number): Promise<Operation[]> {
  const chance = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const done: Operation[] = [];
  let claims = 0;
  for (let count = 0; count < options.operations; count++) {
    const move = count === 0 ? 'claim' : pick(choices);
    if (move === 'claim') claims++;
    const verb = move === 'resend' ? 'claim' : move;
    const token = `${client}.${claims}`;
    const lease = pick(LEASES);
    await pause(count === 0 ? 0 : pick([0, 5, 20, 60]) * chance());
    const start = clock();
    const answer = await verbs[verb](store, `${key}`, token, lease);
    done.push({ key: `${key}`, client, verb, token, lease, start, end: clock(), answer });
  }
  return done;
}

const subject = subjects.find(({ name }) => name === options.subject);
if (subject === undefined) throw new Error(`there is no subject ${options.subject}`);
const open = await Promise.all(Array.from({ length: options.clients }, () => subject.open(options.servers)));

process.on('message', async (keys: readonly number[]) => {
  const played = keys.flatMap((key) =>
    open.map(({ store }, index) => {
      const client = options.process * options.clients + index;
      return play(store, `${client}`, key, options.seed + key * 1009 + client * 9176);
    }),
  );
  process.send?.((await Promise.all(played)).flat());
});
process.on('disconnect', async () => {
  await Promise.all(open.map(({ close }) => close()));
  process.exit();
});
process.send?.('ready');
