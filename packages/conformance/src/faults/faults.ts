import type { FaultyProxy } from './faulty-proxy.ts';
import type { PostgresRig, RedisRig } from './rig.ts';

/** ms that a receiver waits for an answer of its store. */
export const DEADLINE = 300;

/** ms of a lease: shorter than some of what goes wrong, so that it runs out now and then. */
export const LEASE = 600;

export interface Fault<Rig> {
  readonly name: string;
  /** What was done may be done again: the server has forgotten it. */
  readonly forgets: boolean;
  /** Between the store and its server: the proxy counts what it hit. */
  readonly isNetwork: boolean;
  strike(rig: Rig): Promise<unknown>;
}

interface Networked {
  readonly proxy: FaultyProxy;
  readonly completions: readonly string[];
}

const fault = <Rig>(
  name: string,
  strike: (rig: Rig) => Promise<unknown>,
  { forgets = false, isNetwork = false } = {},
): Fault<Rig> => ({ name, forgets, isNetwork, strike });

/** Several in a row hit several connections. */
const times = (count: number, act: () => void): void => {
  for (let each = 0; each < count; each++) act();
};

const NETWORK = { isNetwork: true };

const networkFaults: readonly Fault<Networked>[] = [
  fault('connections reset', async ({ proxy }) => proxy.reset(), NETWORK),
  fault('requests cut in half', async ({ proxy }) => times(4, () => proxy.cutRequest()), NETWORK),
  fault('replies lost after execution', async ({ proxy }) => times(4, () => proxy.loseReply()), NETWORK),
  fault(
    'completions cut in half',
    async ({ proxy, completions }) => times(4, () => proxy.cutRequest(completions)),
    NETWORK,
  ),
  fault(
    'replies to completions lost',
    async ({ proxy, completions }) => times(4, () => proxy.loseReply(completions)),
    NETWORK,
  ),
  fault('a stall beyond the deadline', ({ proxy }) => proxy.stall(DEADLINE * 1.5), NETWORK),
  fault('a stall beyond the lease', ({ proxy }) => proxy.stall(LEASE * 1.5), NETWORK),
];

export const volatileRedisFaults: readonly Fault<RedisRig>[] = [
  ...networkFaults,
  fault('FLUSHALL', (rig) => rig.flush(), { forgets: true }),
  fault('killed, nothing on disk', (rig) => rig.restart(), { forgets: true }),
];

export const persistentRedisFaults: readonly Fault<RedisRig>[] = [
  fault('killed, everything on disk', (rig) => rig.restart()),
];

export const postgresFaults: readonly Fault<PostgresRig>[] = [
  ...networkFaults,
  fault('backends terminated', (rig) => rig.terminate(4)),
];
