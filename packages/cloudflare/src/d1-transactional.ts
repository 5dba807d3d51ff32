import { type StoredResponse, type Taking, type TransactionalStore, WebhookError } from '@countersign/core';
import { held, type Row, verbs } from '@countersign/sqlite/sql';
import type { D1Binding, D1Statement } from './d1.ts';
import { transactionStatements } from './transaction-statements.ts';

/** What a handler writes with: D1 has no transaction to hold open, so that it hands its statements over. */
export interface D1Effects {
  /** Runs in the order of the calls, after the handler, in one batch with the record of the delivery. */
  effect(statement: D1Statement): void;
}

interface Taken extends Taking {
  response?: StoredResponse;
}

/** The message is all that D1 tells of an error. */
const isConflict = (error: unknown): boolean =>
  error instanceof Error &&
  error.message.includes('NOT NULL constraint failed: countersign_deliveries.state');

/** Two attempts at once may both reach their handlers; only one of them is committed, and the other one rejects. */
export function transactional(database: D1Binding): TransactionalStore<D1Effects> {
  const { find, commit, fail, reject } = transactionStatements;

  const bind = (sql: string, key: string, { retentionMs, fingerprint, response }: Taken): D1Statement =>
    database
      .prepare(sql)
      .bind(key, retentionMs, fingerprint ?? null, response === undefined ? null : JSON.stringify(response));

  async function first(statement: D1Statement): Promise<Row | undefined> {
    const { results } = await statement.all();
    return results[0];
  }

  async function run(statements: D1Statement[]): Promise<void> {
    try {
      await database.batch(statements);
    } catch (cause) {
      if (!isConflict(cause)) throw cause;
      const reason = 'another attempt at this delivery was committed first, and nothing of this one is';
      throw new WebhookError('ERR_WEBHOOK_LEASE_LOST', reason, { cause });
    }
  }

  const { forget, purge } = verbs(async (sql, values) => {
    const { results } = await database
      .prepare(sql)
      .bind(...values)
      .all();
    return results;
  });

  return {
    name: 'd1',
    capabilities: { atomic: true, shared: true, durable: 'sync', clock: 'server', transactional: true },
    async transaction(work, operation) {
      const taken = new Map<string, Taken>();
      const effects: D1Statement[] = [];
      let open = true;
      const result = await work({
        tx: {
          effect(statement) {
            if (!open)
              throw new Error('the transaction is over: hand statements over before the handler returns');
            effects.push(statement);
          },
        },
        async take(key, taking) {
          if (taken.has(key)) return { status: 'done', outcome: 'ok', fingerprint: taking.fingerprint };
          // Before the question, so that two in one transaction are told apart.
          taken.set(key, { ...taking });
          const row = await first(database.prepare(find).bind(key));
          if (row === undefined) return { status: 'taken', attempt: 1 };
          if (Number(row.held) === 0) return { status: 'taken', attempt: Number(row.attempt) + 1 };
          taken.delete(key);
          return held(row);
        },
        async drop(key) {
          taken.delete(key);
        },
        async keep(key, response) {
          const taking = taken.get(key);
          if (taking === undefined) throw new Error('an answer is kept beside a key that was taken');
          taking.response = response;
        },
      });
      open = false;
      operation?.signal?.throwIfAborted();
      const records = [...taken].map(([key, taking]) => bind(commit, key, taking));
      if (records.length + effects.length > 0) await run([...records, ...effects]);
      return result;
    },
    async fail(key, failure) {
      return Number((await first(bind(fail, key, failure)))?.attempt);
    },
    async reject(key, rejection) {
      return (await first(bind(reject, key, rejection)))?.state === 'rejected';
    },
    forget,
    purge,
  };
}
