import type { DeliveryVerdict, StoredResponse, TransactionalStore } from '../../src/index.ts';

/** What a handler reads and writes with. */
export interface Tx {
  get(row: string): Promise<unknown>;
  set(row: string, value: unknown): Promise<void>;
}

interface Version {
  readonly value: unknown;
  readonly version: number;
}

interface DeliveryRecord {
  readonly state: 'free' | 'done';
  readonly failed: number;
  readonly expiresAt: number;
  readonly fingerprint?: string | undefined;
  readonly outcome?: DeliveryVerdict;
  readonly response?: StoredResponse | undefined;
}

/** Called before a step, and may throw or take its time; `committed` comes after the commit, before its answer. */
export type Faults = Partial<
  Record<'begin' | 'take' | 'drop' | 'keep' | 'commit' | 'committed' | 'fail' | 'reject', () => unknown>
>;

/**
 * A database in memory whose transactions are serialisable, and leave nothing behind when they are rolled back: each
 * writes to a layer of its own, which is applied at once, if nothing that it read was changed meanwhile. Keys are
 * locked by whoever took them and never waited for, as by `pg_try_advisory_xact_lock`.
 */
export function memoryDatabase(faults: Faults = {}, now: () => number = Date.now) {
  const rows = new Map<string, Version>();
  const records = new Map<string, DeliveryRecord>();
  const locks = new Map<string, { readonly by: symbol; readonly fingerprint: string | undefined }>();
  const log: string[] = [];
  let clock = 0;

  const found = (key: string): DeliveryRecord | undefined => {
    const record = records.get(key);
    return record !== undefined && record.expiresAt > now() ? record : undefined;
  };

  async function step(name: keyof Faults): Promise<void> {
    log.push(name);
    await faults[name]?.();
  }

  const store: TransactionalStore<Tx> = {
    name: 'memory-database',
    capabilities: { atomic: true, shared: true, durable: 'none', clock: 'server', transactional: true },
    async transaction(work) {
      const me = Symbol('transaction');
      const read = new Map<string, number>();
      const written = new Map<string, unknown>();
      const layer = new Map<string, DeliveryRecord | undefined>();
      let isOpen = true;
      const assertOpen = () => {
        if (!isOpen) throw new Error('this transaction is over');
      };
      const record = (key: string) => (layer.has(key) ? layer.get(key) : found(key));
      const tx: Tx = {
        async get(row) {
          assertOpen();
          if (written.has(row)) return written.get(row);
          const current = rows.get(row);
          read.set(row, current?.version ?? 0);
          return current?.value;
        },
        async set(row, value) {
          assertOpen();
          written.set(row, value);
        },
      };
      await step('begin');
      try {
        const result = await work({
          tx,
          async take(key, { retentionMs, fingerprint }) {
            assertOpen();
            await step('take');
            const owner = locks.get(key);
            if (owner !== undefined && owner.by !== me) {
              return { status: 'busy', retryAfterMs: 1000, fingerprint: owner.fingerprint };
            }
            const current = record(key);
            if (current?.state === 'done') {
              const { outcome = 'ok', response } = current;
              return { status: 'done', outcome, fingerprint: current.fingerprint, response };
            }
            locks.set(key, { by: me, fingerprint });
            const failed = current?.failed ?? 0;
            layer.set(key, { state: 'done', failed, fingerprint, expiresAt: now() + retentionMs });
            return { status: 'taken', attempt: failed + 1 };
          },
          async drop(key) {
            assertOpen();
            await step('drop');
            layer.set(key, found(key));
          },
          async keep(key, response) {
            assertOpen();
            await step('keep');
            const current = layer.get(key);
            if (current?.state !== 'done') throw new Error(`${key} was not taken in this transaction`);
            layer.set(key, { ...current, response });
          },
        });
        await step('commit');
        for (const [row, version] of read) {
          if ((rows.get(row)?.version ?? 0) !== version) throw new Error('could not serialize access');
        }
        clock++;
        for (const [row, value] of written) rows.set(row, { value, version: clock });
        for (const [key, each] of layer) {
          if (each === undefined) records.delete(key);
          else records.set(key, each);
        }
        await step('committed');
        return result;
      } finally {
        isOpen = false;
        for (const [key, owner] of locks) if (owner.by === me) locks.delete(key);
      }
    },
    async fail(key, { retentionMs }) {
      await step('fail');
      const current = found(key);
      if (current?.state === 'done') return current.failed;
      const failed = (current?.failed ?? 0) + 1;
      records.set(key, { state: 'free', failed, expiresAt: now() + retentionMs });
      return failed;
    },
    async reject(key, { retentionMs }) {
      await step('reject');
      const current = found(key);
      if (current?.state === 'done') return false;
      const failed = current?.failed ?? 0;
      records.set(key, { state: 'done', failed, outcome: 'rejected', expiresAt: now() + retentionMs });
      return true;
    },
    async forget(key) {
      return records.delete(key);
    },
  };

  return {
    store,
    /** What is committed. */
    rows: () => Object.fromEntries([...rows].map(([row, { value }]) => [row, value])),
    keys: () => [...records.keys()],
    openLocks: () => locks.size,
    /** Steps, in order. */
    log,
  };
}
