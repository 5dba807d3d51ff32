import assert from 'node:assert/strict';
import type { TakeResult, TransactionalStore, TransactionSession } from '@countersign/core';
import { Latch } from './adapter-suite/latch.ts';

/** What a database can be made to do for a check. */
export type DatabaseFault = 'breakStatement' | 'breakCommit' | 'kill' | 'killUnderStatement';

/** A transactional store, a table of effects in the same database, and the ways to break it that the suite may use. */
export interface OpenTransactionalStore<Tx> {
  readonly store: TransactionalStore<Tx>;
  /** Records an effect in the transaction: a row of the table, under an id. */
  effect(tx: Tx, id: string): Promise<unknown>;
  /** Rows under an id, as everybody else sees them. */
  effects(id: string): Promise<number>;
  /** A statement that the server refuses. */
  breakStatement?(tx: Tx): Promise<unknown>;
  /** A statement that the server accepts, and refuses at the commit. */
  breakCommit?(tx: Tx): Promise<unknown>;
  /** Ends the connection of the transaction, from outside. */
  kill?(tx: Tx): Promise<unknown>;
  /** The same while a statement runs, which is what rejects. */
  killUnderStatement?(tx: Tx): Promise<unknown>;
  /** Ends the client that was opened for the check. */
  close?(): Promise<unknown>;
}

export type Answer<Status extends TakeResult['status']> = Extract<TakeResult, { status: Status }>;

/** A transaction that stays open until it is told how to end. */
export interface Held {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** What a check works with. */
export interface TransactionalProbe<Tx> extends Required<Omit<OpenTransactionalStore<Tx>, 'close'>> {
  /** ms: a retention that `outlast` waits out. */
  readonly short: number;
  readonly long: number;
  key(name?: string): string;
  /** Takes the key in a transaction of its own, which commits. */
  take(key: string, options?: { retention?: number; fingerprint?: string }): Promise<TakeResult>;
  mustTake(key: string, options?: { retention?: number; fingerprint?: string }): Promise<number>;
  mustFindBusy(key: string): Promise<Answer<'busy'>>;
  mustFindDone(key: string): Promise<Answer<'done'>>;
  /** As a delivery does it: take, and if taken record an effect under the key and go on with `work`. */
  deliver(key: string, work?: (session: TransactionSession<Tx>) => Promise<unknown>): Promise<TakeResult>;
  /** Takes the key and stays open. */
  hold(key: string): Promise<Held>;
  fail(key: string): Promise<number>;
  reject(key: string): Promise<boolean>;
  outlast(): Promise<void>;
  /** Rolls back what a check has left open. */
  dispose(): Promise<void>;
}

/** Something that a transactional store must do, for whatever handle it has. */
export interface TransactionalRule {
  readonly name: string;
  readonly needs?: readonly DatabaseFault[];
  check<Tx>(probe: TransactionalProbe<Tx>): Promise<void>;
}

const LONG = 120_000;

class GivenUp extends Error {}

export function createTransactionalProbe<Tx>(
  open: OpenTransactionalStore<Tx>,
  timeUnit: number,
): TransactionalProbe<Tx> {
  const { store } = open;
  const effect = (tx: Tx, id: string): Promise<unknown> => open.effect(tx, id);
  const prefix = `countersign-suite-${crypto.randomUUID()}`;
  const held = new Set<() => Promise<unknown>>();

  const takeIn = (
    session: TransactionSession<Tx>,
    key: string,
    { retention = LONG, fingerprint }: { retention?: number; fingerprint?: string } = {},
  ) => session.take(key, { retentionMs: retention, fingerprint });

  const take: TransactionalProbe<Tx>['take'] = (key, options) =>
    store.transaction((session) => takeIn(session, key, options));

  async function must<Status extends TakeResult['status']>(key: string, status: Status, options = {}) {
    const result = await take(key, options);
    assert.equal(result.status, status, `taking ${key} should be answered with "${status}"`);
    return result as Answer<Status>;
  }

  async function hold(key: string): Promise<Held> {
    const begun = new Latch();
    const ended = new Latch();
    let failure: unknown;
    const transaction = store.transaction(async (session) => {
      const { status } = await takeIn(session, key);
      assert.equal(status, 'taken', `${key} should be free`);
      await effect(session.tx, key);
      begun.open();
      await ended.opened;
      if (failure !== undefined) throw failure;
    });
    const giveUp = (): Promise<unknown> => {
      failure = new GivenUp();
      ended.open();
      return transaction.catch(() => {});
    };
    held.add(giveUp);
    await Promise.race([begun.opened, transaction]);
    return {
      commit() {
        held.delete(giveUp);
        ended.open();
        return transaction;
      },
      async rollback() {
        held.delete(giveUp);
        void giveUp();
        await assert.rejects(transaction, (error) => error === failure);
      },
    };
  }

  return {
    store,
    effect,
    effects: (id) => open.effects(id),
    breakStatement: async (tx) => open.breakStatement?.(tx),
    breakCommit: async (tx) => open.breakCommit?.(tx),
    kill: async (tx) => open.kill?.(tx),
    killUnderStatement: async (tx) => open.killUnderStatement?.(tx),
    short: timeUnit,
    long: LONG,
    key: (name = '') => `${prefix}|${name}`,
    take,
    mustTake: async (key, options) => (await must(key, 'taken', options)).attempt,
    mustFindBusy: (key) => must(key, 'busy'),
    mustFindDone: (key) => must(key, 'done'),
    deliver: (key, work = async () => {}) =>
      store.transaction(async (session) => {
        const result = await takeIn(session, key);
        if (result.status === 'taken') {
          await effect(session.tx, key);
          await work(session);
        }
        return result;
      }),
    hold,
    fail: (key) => store.fail(key, { retentionMs: LONG }),
    reject: (key) => store.reject(key, { retentionMs: LONG }),
    outlast: () => new Promise((resolve) => setTimeout(resolve, timeUnit * 2)),
    async dispose() {
      await Promise.all([...held].map((giveUp) => giveUp()));
    },
  };
}
