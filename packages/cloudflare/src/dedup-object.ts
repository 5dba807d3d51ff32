import { type SqlValue, tables, type Verbs, verbs } from '@countersign/sqlite/sql';
import type { DurableObjectState } from './durable-object.ts';

type Call = { [Verb in keyof Verbs]: [Verb, ...Parameters<Verbs[Verb]>] }[keyof Verbs];

/** Expired records wait for each other at least this many ms: an alarm is billed. */
const SPACING = 3_600_000;

/**
 * The Durable Object behind `durableObjectStore`: one shard of the deliveries, in its own SQLite. Export it from your
 * worker, and name it under `new_sqlite_classes` in a migration. It removes what has expired by itself.
 *
 * It answers by `fetch`, not by RPC: RPC would need the base class in `cloudflare:workers`, and importing that keeps
 * a module from being loaded anywhere else.
 *
 * @example
 * ```ts
 * export { DedupObject } from '@countersign/cloudflare';
 * ```
 */
export class DedupObject {
  /** What Cloudflare's own types tell a Durable Object by. */
  declare readonly __DURABLE_OBJECT_BRAND: never;

  readonly #storage: DurableObjectState['storage'];
  readonly #verbs: Verbs;
  #hasAlarm = false;

  constructor({ storage }: DurableObjectState) {
    this.#storage = storage;
    this.#verbs = verbs((sql, values) => this.#query(sql, ...values));
    for (const statement of tables) this.#query(statement);
  }

  /** One verb of the store, as `durableObjectStore` asks for it. */
  async fetch(request: Request): Promise<Response> {
    const [verb, ...values] = (await request.json()) as Call;
    const run = this.#verbs[verb] as (...values: unknown[]) => Promise<unknown>;
    const result = await run(...values);
    if (verb === 'claim') await this.#ensureAlarm();
    return Response.json(result);
  }

  /** Removes what has expired. */
  async alarm(): Promise<void> {
    await this.#verbs.purge();
    this.#hasAlarm = false;
    await this.#ensureAlarm();
  }

  #query(sql: string, ...values: SqlValue[]) {
    return this.#storage.sql.exec(sql, ...values).toArray();
  }

  /** At the end of the record that expires first. None is set for an object without records. */
  async #ensureAlarm(): Promise<void> {
    if (this.#hasAlarm) return;
    if ((await this.#storage.getAlarm()) === null) {
      const [row] = this.#query('SELECT min(expires_at) AS at FROM countersign_deliveries');
      if (typeof row?.at !== 'number') return;
      await this.#storage.setAlarm(Math.max(row.at, Date.now() + SPACING));
    }
    this.#hasAlarm = true;
  }
}
