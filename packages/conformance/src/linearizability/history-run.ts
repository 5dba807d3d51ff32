import { randomBytes } from 'node:crypto';
import { ddl } from '@countersign/postgres';
import { openLedger } from '../crash/ledger.ts';
import { redisUrl } from '../crash/servers.ts';
import { startClients } from './client-processes.ts';
import { forgetPrefix } from './forget-prefix.ts';
import { type Clock, isLinearizable } from './is-linearizable.ts';
import type { Operation } from './operation.ts';
import type { Subject } from './subjects.ts';

export interface HistoryOptions {
  readonly processes: number;
  /** Of each process. */
  readonly clients: number;
  readonly keys: number;
  /** On each key, by all clients together. */
  readonly operations: number;
  readonly seed: number;
}

export const full = (seed: number): HistoryOptions => ({
  processes: 4,
  clients: 2,
  keys: 300,
  operations: 32,
  seed,
});

/** The same in a few seconds. */
export const short = (seed: number): HistoryOptions => ({ ...full(seed), keys: 40, operations: 24 });

export interface HistoryReport {
  readonly subject: Subject;
  readonly options: HistoryOptions;
  /** Histories that no correct store can have. */
  readonly bad: readonly (readonly Operation[])[];
  /** How often each answer was given: what never came was never checked. */
  readonly answers: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Of those, what the checker took. */
  readonly checking: number;
}

/** Keys that all clients go at together: more would only make every answer slower, and so less telling. */
const TOGETHER = 10;

/** A script of Redis runs at one moment. A row of PostgreSQL is seen some time after its statement read the clock. */
const clocks: Readonly<Record<Subject['server'], Clock>> = { redis: 'at once', postgres: 'apart' };

/** A claim of PostgreSQL that lost a race in each of its rounds: it changed nothing, and knows of no lease. */
export const UNDECIDED = 'claim undecided';
const UNKNOWN_WAIT = 1000;

function nameOf({ verb, answer }: Operation): string {
  if (typeof answer === 'boolean') return `${verb} ${answer}`;
  if (answer.status === 'busy' && answer.retryAfterMs === UNKNOWN_WAIT) return UNDECIDED;
  return answer.status === 'claimed' && answer.takeover ? 'claim took over' : `claim ${answer.status}`;
}

async function play(subject: Subject, options: HistoryOptions): Promise<readonly Operation[]> {
  const { processes, clients, keys, operations, seed } = options;
  const prefix = `countersign-history-${randomBytes(5).toString('hex')}:`;
  const ledger = subject.server === 'postgres' ? await openLedger([ddl()]) : undefined;
  try {
    const running = await startClients(processes, {
      subject: subject.name,
      servers: { redis: redisUrl, prefix, database: ledger?.url ?? '' },
      clients,
      operations: operations / (processes * clients),
      seed,
    });
    try {
      const history: Operation[] = [];
      for (let first = 0; first < keys; first += TOGETHER) {
        const some = Array.from({ length: Math.min(TOGETHER, keys - first) }, (_, index) => first + index);
        history.push(...(await running.play(some)));
      }
      return history;
    } finally {
      await running.stop();
    }
  } finally {
    await ledger?.drop();
    if (subject.server === 'redis') await forgetPrefix(redisUrl, prefix);
  }
}

/** Lets several processes go at the same keys of a store, and looks for an order that explains what they saw. */
export async function historyRun(subject: Subject, options: HistoryOptions): Promise<HistoryReport> {
  const started = performance.now();
  const history = await play(subject, options);
  const played = performance.now();
  const byKey = new Map<string, Operation[]>();
  const answers: Record<string, number> = {};
  for (const operation of history) {
    const name = nameOf(operation);
    answers[name] = (answers[name] ?? 0) + 1;
    if (name === UNDECIDED) continue;
    byKey.set(operation.key, [...(byKey.get(operation.key) ?? []), operation]);
  }
  const histories = [...byKey.values()].map((each) => each.sort((one, other) => one.start - other.start));
  const bad = histories.filter((each) => !isLinearizable(each, clocks[subject.server]));
  const ended = performance.now();
  return {
    subject,
    options,
    bad,
    answers,
    seconds: (ended - started) / 1000,
    checking: (ended - played) / 1000,
  };
}

/** One line an operation, from the first one on. */
function show(history: readonly Operation[]): string {
  const began = history[0]?.start ?? 0;
  return history
    .map(({ client, verb, token, lease, start, end, answer }) => {
      const when = `${(start - began).toFixed(2)}–${(end - began).toFixed(2)}`;
      const ms = verb === 'claim' || verb === 'extend' ? ` ${lease} ms` : '';
      return `  ${when} ms, client ${client}: ${verb} ${token}${ms} → ${JSON.stringify(answer)}`;
    })
    .join('\n');
}

/** Seed, key and history of what was found, for the first few keys. */
export const explain = ({ subject, options, bad }: HistoryReport): string =>
  bad
    .slice(0, 3)
    .map((history) => `${subject.name}, seed ${options.seed}, key ${history[0]?.key}:\n${show(history)}`)
    .join('\n');
