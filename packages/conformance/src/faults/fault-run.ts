import { createReceiver } from '@countersign/core';
import {
  DEADLINE,
  type Fault,
  LEASE,
  persistentRedisFaults,
  postgresFaults,
  volatileRedisFaults,
} from './faults.ts';
import { type LoadOptions, type LoadReport, load, provider } from './load.ts';
import { openPostgresRig, openRedisRig, type PostgresRig, type RedisRig } from './rig.ts';
import { type Doubles, witness } from './witness.ts';

export type Guarantee = 'lease-redis' | 'lease-postgres' | 'transaction';

export interface FaultReport extends LoadReport, Doubles {
  readonly events: number;
  readonly effects: number;
  /** Events with no effect. */
  readonly lost: number;
  /** Connections that were broken, and stalls; 0 for a fault of the server. */
  readonly hits: number;
  readonly seconds: number;
}

/** One fault under one guarantee. */
export interface FaultCase {
  readonly guarantee: Guarantee;
  readonly fault: string;
  readonly forgets: boolean;
  readonly isNetwork: boolean;
  run(options: LoadOptions): Promise<FaultReport>;
}

const common = { lease: LEASE, deadline: DEADLINE, logger: false, name: 'faults' } as const;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const report = (
  { events }: LoadOptions,
  sent: LoadReport,
  effects: readonly string[],
  doubles: Doubles,
  { hits, started }: { readonly hits: number; readonly started: number },
): FaultReport => ({
  hits,
  ...sent,
  ...doubles,
  events,
  effects: effects.length,
  lost: events - new Set(effects).size,
  seconds: (performance.now() - started) / 1000,
});

/** Effects are counted in memory: each is where its handler ran. */
async function runLease<Rig extends RedisRig | PostgresRig>(
  rig: Rig,
  fault: Fault<Rig>,
  options: LoadOptions,
): Promise<FaultReport> {
  const started = performance.now();
  const seen = witness(rig.store);
  const receiver = createReceiver(provider, {
    ...common,
    store: seen.store,
    on: {
      async '*'({ id }) {
        await pause(10);
        seen.effect(id as string);
        await pause(10);
      },
    },
  });
  const strike = () => (fault.forgets ? seen.forgetting(() => fault.strike(rig)) : fault.strike(rig));
  const sent = await load(options, {
    handle: (request) => seen.follow(() => receiver.handle(request)),
    isDone: (event) => seen.effects().includes(event),
    strike: async () => strike(),
  });
  return report(options, sent, seen.effects(), seen.doubles(LEASE), { hits: rig.proxy.hits(), started });
}

async function runTransaction(
  rig: PostgresRig,
  fault: Fault<PostgresRig>,
  options: LoadOptions,
): Promise<FaultReport> {
  const started = performance.now();
  const receiver = createReceiver(provider, {
    ...common,
    store: rig.transactional,
    on: {
      async '*'({ id }, { attempt, tx }) {
        await pause(10);
        await tx.query(
          `insert into effects (event, generation, attempt, takeover) values ($1, '', $2, false)`,
          [id, attempt],
        );
        await pause(10);
      },
    },
  });
  const sent = await load(options, {
    handle: (request) => receiver.handle(request),
    isDone: async (event) => (await rig.effects()).includes(event),
    strike: () => fault.strike(rig),
  });
  const effects = await rig.effects();
  const again = effects.filter((event, index) => effects.indexOf(event) !== index);
  const doubles = { forgotten: 0, unrecorded: 0, unexplained: again };
  return report(options, sent, effects, doubles, { hits: rig.proxy.hits(), started });
}

function cases<Rig extends { close(): Promise<void> }>(
  guarantee: Guarantee,
  faults: readonly Fault<Rig>[],
  open: () => Promise<Rig>,
  run: (rig: Rig, fault: Fault<Rig>, options: LoadOptions) => Promise<FaultReport>,
): readonly FaultCase[] {
  return faults.map((fault) => ({
    guarantee,
    fault: fault.name,
    forgets: fault.forgets,
    isNetwork: fault.isNetwork,
    async run(options) {
      const rig = await open();
      try {
        return await run(rig, fault, options);
      } finally {
        await rig.close();
      }
    },
  }));
}

export const faultCases: readonly FaultCase[] = [
  ...cases('lease-redis', volatileRedisFaults, () => openRedisRig(false), runLease),
  ...cases('lease-redis', persistentRedisFaults, () => openRedisRig(true), runLease),
  ...cases('lease-postgres', postgresFaults, openPostgresRig, runLease),
  ...cases('transaction', postgresFaults, openPostgresRig, runTransaction),
];
