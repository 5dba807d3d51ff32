// The worker under test: the stores as they are, by HTTP, and two receivers that use them.
import { createReceiver, type DedupStore, defineProvider, hmac } from '@countersign/core';
import {
  type D1Binding,
  DedupObject as Dedup,
  type DurableObjectBinding,
  type DurableObjectState,
  d1Store,
  durableObjectStore,
  type SqlValue,
} from '../../src/index.ts';

interface Env {
  readonly DB: D1Binding;
  readonly DEDUP: DurableObjectBinding;
}

/** What the tests of transactions ask for. */
export interface TransactionRequest {
  readonly key: string;
  readonly retentionMs?: number;
  readonly fingerprint?: string;
  readonly effects?: readonly (readonly [sql: string, ...values: SqlValue[]])[];
  /** More keys, all taken first. */
  readonly also?: readonly string[];
  readonly drop?: readonly string[];
  readonly keep?: { readonly status: number; readonly body: string };
  /** Between taking and committing. */
  readonly pauseMs?: number;
  /** Rejects after the effects were handed over. */
  readonly fails?: boolean;
  /** Its caller no longer waits. */
  readonly aborted?: boolean;
  /** Another transaction on the same key, from beginning to end, between taking and committing. */
  readonly overtake?: TransactionRequest;
}

/** The object, and a way to look into it. */
export class DedupObject extends Dedup {
  readonly #storage: DurableObjectState['storage'];

  constructor(state: DurableObjectState) {
    super(state);
    this.#storage = state.storage;
  }

  override async fetch(request: Request): Promise<Response> {
    switch (request.headers.get('x-test')) {
      case 'ring':
        await this.#storage.setAlarm(Date.now());
        break;
      case 'expire':
        this.#storage.sql.exec('UPDATE countersign_deliveries SET expires_at = 1, lease_until = 1');
        break;
      case 'look':
        break;
      default:
        return super.fetch(request);
    }
    const count = this.#storage.sql.exec('SELECT count(*) AS count FROM countersign_deliveries').toArray();
    return Response.json({ ...count[0], alarm: await this.#storage.getAlarm() });
  }
}

const acme = defineProvider({
  name: 'acme',
  scheme: hmac({
    header: 'x-acme-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['id', { text: '.' }, 'body'],
  }),
  id: { header: 'x-acme-id' },
  type: { payload: 'type' },
});

const stores = {
  d1: ({ DB }: Env) => d1Store(DB),
  'durable-object': ({ DEDUP }: Env) => durableObjectStore(DEDUP),
} satisfies Record<string, (env: Env) => DedupStore>;

const INSERT = 'INSERT INTO effects (key) VALUES (?)';

/** Writes an effect, whatever becomes of the delivery. */
function receive(request: Request, env: Env, store: DedupStore): Promise<Response> {
  const receiver = createReceiver(acme({ secret: 'acme-secret-A7pQ' }), {
    store,
    tolerance: 'unchecked',
    logger: false,
    on: {
      '*': async ({ id = '', type }) => {
        await env.DB.prepare(INSERT).bind(id).all();
        if (type === 'fails') throw new Error('the handler failed');
      },
    },
  });
  return receiver.fetch(request);
}

/** Writes effects together with the record of the delivery. */
function receiveInTransaction(request: Request, env: Env): Promise<Response> {
  const receiver = createReceiver(acme({ secret: 'acme-secret-A7pQ' }), {
    name: 'transaction',
    store: d1Store(env.DB).transactional(),
    tolerance: 'unchecked',
    logger: false,
    on: {
      '*': async ({ id = '', type }, { tx, once, attempt }) => {
        for (const item of ['a', 'b', 'a']) {
          await once(item, () => tx.effect(env.DB.prepare(INSERT).bind(`${id}-${item}`)));
        }
        tx.effect(env.DB.prepare(INSERT).bind(`${id}-attempt-${attempt}`));
        if (type === 'fails') throw new Error('the handler failed');
        if (type === 'breaks') tx.effect(env.DB.prepare('INSERT INTO effects (key) VALUES (NULL)'));
      },
    },
  });
  return receiver.fetch(request);
}

async function transact(env: Env, request: TransactionRequest): Promise<unknown> {
  const { key, retentionMs = 60_000, fingerprint, effects = [], also = [], drop = [], keep } = request;
  const controller = new AbortController();
  if (request.aborted) controller.abort(new Error('nobody waits'));
  const store = d1Store(env.DB).transactional();
  return store.transaction(
    async (session) => {
      await Promise.all(also.map((each) => session.take(each, { retentionMs })));
      const result = await session.take(key, { retentionMs, fingerprint });
      if (result.status !== 'taken') return result;
      if (request.pauseMs) await new Promise((resolve) => setTimeout(resolve, request.pauseMs));
      if (request.overtake) await transact(env, request.overtake);
      for (const [sql, ...values] of effects) session.tx.effect(env.DB.prepare(sql).bind(...values));
      if (keep) await session.keep(key, keep);
      for (const each of drop) await session.drop(each);
      if (request.fails) throw new Error('the handler failed');
      return result;
    },
    { signal: controller.signal },
  );
}

type Verb = (...values: unknown[]) => Promise<unknown>;

async function answer(request: Request, env: Env): Promise<unknown> {
  const [, area = '', name = '', verb = ''] = new URL(request.url).pathname.split('/');
  const body = (await request.json()) as unknown[];
  if (area === 'transaction') return transact(env, body as unknown as TransactionRequest);
  const store: object =
    area === 'transactional' ? d1Store(env.DB).transactional() : stores[name as keyof typeof stores](env);
  return (store as Record<string, Verb>)[verb]?.(...body);
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const [, area = '', name = ''] = new URL(request.url).pathname.split('/');
    try {
      if (area === 'hook' && name === 'transaction') return await receiveInTransaction(request, env);
      if (area === 'hook') return await receive(request, env, stores[name as keyof typeof stores](env));
      if (area === 'shard') {
        const id = env.DEDUP.idFromName(`countersign-${name}`) as never;
        const headers = { 'x-test': request.headers.get('x-test') ?? '' };
        return await env.DEDUP.get(id).fetch('https://test.invalid/', { method: 'POST', headers });
      }
      return Response.json({ value: await answer(request, env) });
    } catch (error) {
      const { name, message, code } = error as Error & { code?: string };
      return Response.json({ error: { name, message, code } });
    }
  },
};
