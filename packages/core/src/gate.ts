import { assertStore, isTransactional } from './assert-store.ts';
import { type GateOptions, gateRules } from './gate-rules.ts';
import type { Keeper, Refusal } from './keeper.ts';
import { leaseKeeper } from './lease-keeper.ts';
import { openKeeper } from './open-keeper.ts';
import type { RunHooks, RunOutcome, Work } from './run-claim.ts';
import { handOut } from './run-context.ts';
import { transactionKeeper } from './transaction-keeper.ts';

/** What became of the work; or why it did not run: it is done already, runs elsewhere, or the store cannot be asked. */
export type GateOutcome<Result> = RunOutcome<Result> | Refusal;

/** Lets each key through once. Knows nothing of HTTP, so a queue worker can stand behind it too. */
export interface Gate<Tx = undefined> {
  /** Never rejects: what became of the work is in the outcome. */
  run<Result>(
    key: string,
    work: Work<Result, Tx>,
    hooks?: Pick<RunHooks<Result>, 'onRejected'>,
  ): Promise<GateOutcome<Result>>;
  /**
   * Forgets a key whatever its state, so that it may run again: a redelivery of what is done is swallowed otherwise.
   * False: there was nothing to forget.
   *
   * @throws Error when the store cannot forget, or does not answer
   */
  forget(key: string): Promise<boolean>;
}

export type KeeperOptions<Tx> = Omit<GateOptions<Tx>, 'store'> & {
  readonly store: GateOptions<Tx>['store'] | false;
};

/** The one place that knows which guarantee a store gives. */
export function createKeeper<Tx>(options: KeeperOptions<Tx>): Keeper<Tx> {
  const { store } = options;
  if (store !== false) assertStore(store);
  if (store !== false && isTransactional(store)) return transactionKeeper(store, gateRules(options, true));
  const rules = gateRules(options, false);
  // Without a transactional store nothing else can be inferred for `Tx` than `undefined`.
  return (store === false ? openKeeper(rules) : leaseKeeper(store, rules)) as unknown as Keeper<Tx>;
}

/**
 * A gate over a store. With a `DedupStore`: at least once, one at a time (the `lease` guarantee). With a
 * `TransactionalStore`: the work runs in a transaction, whose handle is `tx`, and is committed with its record
 * (the `transaction` guarantee).
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for a store that cannot claim, or a duration that is none
 * @example
 * ```ts
 * const gate = createGate({ store: memoryStore(), maxAttempts: 5 });
 * const outcome = await gate.run('v1|acme|acme||evt_1', async ({ attempt }) => work(attempt));
 * if (outcome.status !== 'ran' && outcome.status !== 'done') throw new Error(`job ${outcome.status}`);
 * ```
 */
export function createGate<Tx = undefined>(options: GateOptions<Tx>): Gate<Tx> {
  const keeper = createKeeper(options);
  return {
    run: async (key, work, hooks) =>
      keeper.pass(
        (take) => take(key),
        (context) => work(handOut(context, {})),
        hooks,
      ),
    forget: (key) => keeper.forget(key),
  };
}
