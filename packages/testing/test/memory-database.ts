import type { DeliveryVerdict, StoredResponse, TakeResult, TransactionalStore } from '@countersign/core';
import type { OpenTransactionalStore } from '../src/transactional-probe.ts';

/** One open transaction of the double: what it has written, and how it fares. */
export interface Tx {
  readonly effects: string[];
  readonly layer: Map<string, DeliveryRecord | undefined>;
  readonly locked: Set<string>;
  state: 'open' | 'failed' | 'lost' | 'over';
  refusesCommit: boolean;
}

interface DeliveryRecord {
  readonly state: 'free' | 'done';
  readonly failed: number;
  readonly expiresAt: number;
  readonly fingerprint?: string | undefined;
  readonly outcome: DeliveryVerdict;
  readonly response?: StoredResponse | undefined;
}

/** Mistakes that a transactional store can make: each is one line of the double, turned on. */
export type Mistake =
  | 'attempt is always 1'
  | 'busy is never over'
  | 'commit forgets effects'
  | 'commit forgets records'
  | 'connections leak'
  | 'done is locked'
  | 'drop forgets attempts'
  | 'drop does nothing'
  | 'drop rolls back'
  | 'drop takes from others'
  | 'drop unlocks'
  | 'effects are autocommitted'
  | 'effects after loss are autocommitted'
  | 'errors are wrapped'
  | 'expired answers stay'
  | 'failure is not counted'
  | 'failure is read, then written'
  | 'failure undoes done'
  | 'failure waits'
  | 'failed commit is a commit'
  | 'failed statement is a commit'
  | 'fingerprint of the last'
  | 'forget does nothing'
  | 'free is not locked'
  | 'keep answers for others'
  | 'keep is autocommitted'
  | 'keep keeps nothing'
  | 'keys without case'
  | 'locks are advisory'
  | 'loss is a commit'
  | 'loss is blamed'
  | 'lost work ends another'
  | 'own keys are busy'
  | 'one key at a time'
  | 'records are autocommitted'
  | 'reject overrules'
  | 'reject ignores the open'
  | 'reject is ok'
  | 'results are awaited'
  | 'retention is for ever'
  | 'rollback counts'
  | 'signals are not heard'
  | 'take waits';

const CONNECTIONS = 10;
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A database in memory, as the reference of a transactional store: each transaction writes to a layer of its own,
 * which is applied at once when it commits. Keys are locked by whoever took them, and never waited for.
 */
export function memoryDatabase(mistake?: Mistake): OpenTransactionalStore<Tx> {
  const records = new Map<string, DeliveryRecord>();
  const locks = new Map<string, Tx>();
  const table: string[] = [];
  const waiting: (() => void)[] = [];
  const running = new Set<Tx>();
  let free = CONNECTIONS;
  const has = (name: Mistake): boolean => mistake === name;
  const spell = (key: string): string => (has('keys without case') ? key.toLowerCase() : key);

  function found(key: string): DeliveryRecord | undefined {
    const record = records.get(key);
    if (record === undefined || record.expiresAt > Date.now() || has('retention is for ever')) return record;
    return undefined;
  }

  async function connect(): Promise<void> {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function disconnect(tx: Tx): void {
    running.delete(tx);
    for (const key of tx.locked) if (locks.get(key) === tx) locks.delete(key);
    if (has('connections leak') && tx.state !== 'over') return;
    const next = waiting.shift();
    if (next) next();
    else free++;
  }

  function assertOpen({ state }: Tx): void {
    if (state === 'open') return;
    throw new Error(state === 'failed' ? 'the transaction is aborted' : 'the connection is gone');
  }

  async function untilFree(key: string, tx?: Tx): Promise<void> {
    while ((locks.get(key) ?? tx) !== tx) await pause();
  }

  async function take(
    tx: Tx,
    key: string,
    retentionMs: number,
    fingerprint: string | undefined,
  ): Promise<TakeResult> {
    assertOpen(tx);
    if (has('take waits')) await untilFree(key, tx);
    const owner = locks.get(key);
    const isFree = has('free is not locked') && found(key)?.state === 'free';
    if (owner !== undefined && owner !== tx && !isFree && !has('locks are advisory')) {
      return { status: 'busy', retryAfterMs: has('busy is never over') ? Number.POSITIVE_INFINITY : 1000 };
    }
    if (has('one key at a time') && tx.locked.size > 0 && owner !== tx)
      return { status: 'busy', retryAfterMs: 1 };
    const isOwn = tx.layer.has(key);
    if (isOwn && has('own keys are busy')) return { status: 'busy', retryAfterMs: 1000 };
    const current = isOwn ? tx.layer.get(key) : found(key);
    if (current?.state === 'done') {
      if (has('done is locked')) {
        locks.set(key, tx);
        tx.locked.add(key);
        await pause();
      }
      if (has('fingerprint of the last')) records.set(key, { ...current, fingerprint });
      const last = has('fingerprint of the last') ? fingerprint : current.fingerprint;
      return { status: 'done', outcome: current.outcome, fingerprint: last, response: current.response };
    }
    if (has('locks are advisory')) await pause();
    locks.set(key, tx);
    tx.locked.add(key);
    const failed = current?.failed ?? 0;
    const old = has('expired answers stay') ? records.get(key)?.response : undefined;
    const record: DeliveryRecord = {
      state: 'done',
      failed,
      expiresAt: Date.now() + retentionMs,
      fingerprint,
      outcome: 'ok',
      response: old,
    };
    if (has('records are autocommitted')) records.set(key, record);
    else tx.layer.set(key, record);
    return { status: 'taken', attempt: has('attempt is always 1') ? 1 : failed + 1 };
  }

  function drop(tx: Tx, key: string): void {
    assertOpen(tx);
    if (has('drop takes from others')) records.delete(key);
    if (!tx.layer.has(key) || has('drop does nothing')) return;
    if (has('drop unlocks')) locks.delete(key);
    if (has('drop rolls back')) tx.effects.length = 0;
    if (has('drop forgets attempts')) records.delete(key);
    tx.layer.set(key, found(key));
  }

  function keep(tx: Tx, key: string, response: StoredResponse): void {
    assertOpen(tx);
    if (has('keep keeps nothing')) return;
    const current = tx.layer.get(key) ?? (has('keep answers for others') ? found(key) : undefined);
    if (current?.state !== 'done') return;
    if (has('keep is autocommitted')) records.set(key, { ...current, response });
    tx.layer.set(key, { ...current, response });
  }

  function commit(tx: Tx): void {
    if (tx.state === 'lost' && !has('loss is a commit')) throw new Error('the connection is gone');
    if (tx.state === 'failed' && !has('failed statement is a commit')) {
      throw new Error('a statement of the transaction failed: it was rolled back');
    }
    if (tx.state === 'failed') return;
    if (tx.refusesCommit && has('failed commit is a commit')) return;
    if (tx.refusesCommit) throw new Error('the server refuses the commit');
    if (!has('commit forgets effects')) table.push(...tx.effects);
    if (has('commit forgets records')) return;
    for (const [key, record] of tx.layer) {
      if (record === undefined) records.delete(key);
      else records.set(key, record);
    }
  }

  function rollBack(tx: Tx): void {
    for (const key of has('rollback counts') ? tx.layer.keys() : []) {
      const failed = (found(key)?.failed ?? 0) + 1;
      records.set(key, { state: 'free', failed, expiresAt: Date.now() + 1e6, outcome: 'ok' });
    }
    // The connection's number was given to somebody else meanwhile.
    if (has('lost work ends another') && tx.state === 'lost')
      for (const other of running) other.state = 'lost';
  }

  const store: TransactionalStore<Tx> = {
    name: 'memory-database',
    capabilities: { atomic: true, shared: true, durable: 'none', clock: 'server', transactional: true },
    async transaction(work, operation) {
      if (!has('signals are not heard')) operation?.signal?.throwIfAborted();
      await connect();
      const tx: Tx = {
        effects: [],
        layer: new Map(),
        locked: new Set(),
        state: 'open',
        refusesCommit: false,
      };
      running.add(tx);
      try {
        const result = await work({
          tx,
          take: (key, taking) => take(tx, spell(key), taking.retentionMs, taking.fingerprint),
          drop: async (key) => drop(tx, spell(key)),
          keep: async (key, response) => keep(tx, spell(key), response),
        });
        commit(tx);
        if (tx.state === 'open') tx.state = 'over';
        // A promise in a list is no promise to wait for.
        if (has('results are awaited') && Array.isArray(result)) return (await Promise.all(result)) as never;
        return result;
      } catch (error) {
        rollBack(tx);
        if (has('loss is blamed') && tx.state === 'lost') throw new Error('ROLLBACK failed');
        if (has('errors are wrapped')) throw new Error('rolled back', { cause: error });
        throw error;
      } finally {
        disconnect(tx);
        if (tx.state === 'open') tx.state = 'over';
      }
    },
    async fail(given, { retentionMs }) {
      const key = spell(given);
      if (has('failure waits')) await untilFree(key);
      const current = found(key);
      if (has('failure is read, then written')) await pause();
      const failed = (current?.failed ?? 0) + 1;
      if (has('failure is not counted')) return failed;
      if (locks.has(key)) return failed;
      if (current?.state === 'done' && !has('failure undoes done')) return failed;
      records.set(key, { state: 'free', failed, expiresAt: Date.now() + retentionMs, outcome: 'ok' });
      return failed;
    },
    async reject(given, { retentionMs }) {
      const key = spell(given);
      if (locks.has(key) && !has('reject ignores the open'))
        throw new Error('another attempt has this delivery');
      const current = found(key);
      if (current?.state === 'done' && !has('reject overrules')) return current.outcome === 'rejected';
      const outcome = has('reject is ok') ? 'ok' : 'rejected';
      const failed = current?.failed ?? 0;
      records.set(key, { state: 'done', failed, outcome, expiresAt: Date.now() + retentionMs });
      return true;
    },
    async forget(key) {
      return has('forget does nothing') ? records.has(spell(key)) : records.delete(spell(key));
    },
  };

  return {
    store,
    async effect(tx, id) {
      if (tx.state === 'lost' && has('effects after loss are autocommitted')) return table.push(id);
      assertOpen(tx);
      return has('effects are autocommitted') ? table.push(id) : tx.effects.push(id);
    },
    async effects(id) {
      await pause();
      return table.filter((each) => each === id).length;
    },
    async breakStatement(tx) {
      assertOpen(tx);
      tx.state = 'failed';
      throw new Error('division by zero');
    },
    async breakCommit(tx) {
      assertOpen(tx);
      tx.refusesCommit = true;
    },
    async kill(tx) {
      tx.state = 'lost';
    },
    async killUnderStatement(tx) {
      tx.state = 'lost';
      if (!has('loss is a commit')) throw new Error('the connection is gone');
    },
  };
}
