import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGate, createReceiver, type DedupStore, type TransactionalStore } from '@countersign/core';
import { fromNode, sendNode } from '@countersign/core/node';
import { pgExecutor, postgresStore } from '@countersign/postgres';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import { redisStore } from '@countersign/redis';
import { Redis } from 'ioredis';
import pg from 'pg';
import { random } from './random.ts';
import { SECRET, type Step, type WorkerOptions } from './worker-options.ts';

const options: WorkerOptions = JSON.parse(process.argv[2] ?? '{}');
const { mode, generation, lease, killAt, onceFile } = options;
const chance = random(options.seed);

const pool = new pg.Pool({ connectionString: options.ledger, max: 12 });
pool.on('error', () => {});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends this process where it stands, the first time it comes by. */
function step(name: Step): void {
  if (name !== killAt || onceFile === undefined || existsSync(onceFile)) return;
  writeFileSync(onceFile, '');
  process.kill(process.pid, 'SIGKILL');
  // Nothing after this line runs: the signal is handled before the call returns.
}

/** The same store, with a step before and after each verb. */
function stepped(store: DedupStore): DedupStore {
  return {
    ...store,
    async claim(...input) {
      step('before claim');
      const result = await store.claim(...input);
      if (result.status === 'claimed') step('after claim');
      return result;
    },
    async complete(...input) {
      step('before complete');
      const kept = await store.complete(...input);
      step('after complete');
      return kept;
    },
    async extend(...input) {
      step('in heartbeat');
      return store.extend(...input);
    },
  };
}

/** The same, where the record is taken and completed by a transaction. */
function steppedTransaction<Tx>(store: TransactionalStore<Tx>): TransactionalStore<Tx> {
  return {
    ...store,
    async transaction(work, operation) {
      const result = await store.transaction(async (session) => {
        const ended = await work({
          ...session,
          async take(...input) {
            step('before claim');
            const taken = await session.take(...input);
            if (taken.status === 'taken') step('after claim');
            return taken;
          },
        });
        step('before complete');
        return ended;
      }, operation);
      step('after complete');
      return result;
    },
  };
}

// The server is told to commit, and nobody hears how that ended.
pool.on('connect', (client) => {
  const query = client.query as (...input: unknown[]) => unknown;
  client.query = ((...input: unknown[]) => {
    const asked = query.apply(client, input);
    if (input[0] === 'commit') step('in COMMIT');
    return asked;
  }) as typeof client.query;
});

interface Payload {
  /** ms that the handler takes. */
  readonly takes: number;
  /** Attempts that fail before one succeeds. */
  readonly fails: number;
}

interface Run {
  readonly attempt: number;
  readonly takeover: boolean;
}

type Query = (text: string, values: readonly unknown[]) => Promise<unknown>;

const effect = 'insert into effects (event, generation, attempt, takeover) values ($1, $2, $3, $4)';

/** What every handler here does: takes its time, fails now and then, and has one effect that can be counted. */
async function work(
  event: string,
  { takes, fails }: Payload,
  { attempt, takeover }: Run,
  query: Query,
): Promise<void> {
  step('in handler');
  await pause(takes * chance());
  if (attempt <= fails) throw new Error('for now');
  await query(effect, [event, generation, attempt, takeover]);
  step('after effect');
  await pause(takes * chance());
}

const postgres = postgresStore(pgExecutor(pool));
const ownQuery: Query = (text, values) => pool.query(text, values as unknown[]);
const recorded = (event: string): void => {
  pool
    .query('insert into completions (event, generation) values ($1, $2)', [event, generation])
    .catch(() => {});
};

const provider = standardWebhooks<Record<string, Payload>>({ secret: SECRET });
const common = { lease, logger: false, name: 'crash' } as const;

function leaseReceiver(store: DedupStore) {
  return createReceiver(provider, {
    ...common,
    store: stepped(store),
    on: { '*': (event, context) => work(event.id as string, event.payload, context, ownQuery) },
    hooks: { onAccepted: ({ id }) => recorded(id as string) },
  });
}

function transactionReceiver(store: TransactionalStore<pg.PoolClient>) {
  return createReceiver(provider, {
    ...common,
    store: steppedTransaction(store),
    on: {
      '*': (event, { attempt, tx }) =>
        work(event.id as string, event.payload, { attempt, takeover: false }, (text, values) =>
          tx.query(text, values as unknown[]),
        ),
    },
  });
}

/** A queue that is a table: the job and the record of its delivery are one commit; a loop works it off. */
function deferredReceiver(store: TransactionalStore<pg.PoolClient>) {
  const gate = createGate({ store, lease });
  async function workOff(): Promise<void> {
    for (;;) {
      const { rows } = await pool.query('select key, event, payload from jobs order by random() limit 8');
      for (const { key, event, payload } of rows) {
        const outcome = await gate.run(key, ({ attempt, tx }) =>
          work(event, payload, { attempt, takeover: false }, (text, values) =>
            tx.query(text, values as unknown[]),
          ),
        );
        if (outcome.status === 'ran' || outcome.status === 'done') {
          step('after job');
          await pool.query('delete from jobs where key = $1', [key]);
        }
      }
      await pause(rows.length === 0 ? 50 : 0);
    }
  }
  workOff().catch(() => process.exit(1));
  return createReceiver(provider, {
    ...common,
    store: steppedTransaction(store),
    enqueue: ({ id, payload }, { key, tx }) =>
      tx.query('insert into jobs (key, event, payload) values ($1, $2, $3) on conflict do nothing', [
        key,
        id,
        JSON.stringify(payload),
      ]),
  });
}

const receivers = {
  transaction: () => transactionReceiver(postgres.transactional()),
  'lease-postgres': () => leaseReceiver(postgres),
  'lease-redis': () => leaseReceiver(redisStore(new Redis(options.redis), { prefix: options.prefix })),
  deferred: () => deferredReceiver(postgres.transactional()),
};

const receiver = receivers[mode]();

createServer(async (request, response) => {
  const answer = await receiver.handle(fromNode(request));
  step('before response');
  sendNode(request, response, answer);
}).listen(options.port, '127.0.0.1', () => process.send?.('ready'));

// Nobody to work for.
process.on('disconnect', () => process.exit());
