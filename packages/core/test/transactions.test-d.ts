import { describe, expectTypeOf, it } from 'vitest';
import {
  createGate,
  createReceiver,
  type DedupStore,
  defineProvider,
  type EnqueueContext,
  type Gate,
  type HandlerContext,
  hmac,
  memoryStore,
  type Receiver,
  type RunContext,
  type StandardSchemaV1,
  type TransactionalStore,
  type WebhookEvent,
} from '../src/index.ts';

interface Sql {
  query(text: string): Promise<unknown>;
}
interface Events {
  'invoice.paid': { readonly amount: number };
}
type InvoiceEvent = WebhookEvent<'invoice.paid', { readonly amount: number }>;

const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
const closed = defineProvider<'secret', Events>({ name: 'closed', scheme });
const open = defineProvider({ name: 'open', scheme });
const secret = 'a secret';

declare const sql: TransactionalStore<Sql>;
/** As a package has it: one object with both kinds of store. */
declare const pg: DedupStore & { transactional(): TransactionalStore<Sql> };

describe('a transactional store', () => {
  it('gives handlers its transaction, without an annotation', () => {
    const receiver = createReceiver(closed({ secret }), {
      store: pg.transactional(),
      on: {
        'invoice.paid': async (event, { tx, attempt }) => {
          expectTypeOf(event).toEqualTypeOf<InvoiceEvent>();
          expectTypeOf(tx).toEqualTypeOf<Sql>();
          expectTypeOf(attempt).toEqualTypeOf<number>();
        },
        '*': (_event, context) => {
          expectTypeOf(context).toEqualTypeOf<HandlerContext<Sql>>();
        },
      },
    });
    expectTypeOf(receiver).toEqualTypeOf<Receiver<InvoiceEvent>>();
  });

  it('does so whatever comes first', () => {
    createReceiver(closed({ secret }), {
      on: {
        'invoice.paid': (_event, { tx }) => {
          expectTypeOf(tx).toEqualTypeOf<Sql>();
        },
      },
      store: sql,
    });
  });

  it('does so for an open map, and beside schemas', () => {
    createReceiver(open({ secret }), {
      store: sql,
      on: {
        anything: (event, { tx }) => {
          expectTypeOf(event.payload).toEqualTypeOf<unknown>();
          expectTypeOf(tx).toEqualTypeOf<Sql>();
        },
      },
    });
    createReceiver(open({ secret }), {
      store: sql,
      schemas: { a: {} as StandardSchemaV1<unknown, number> },
      on: {
        a: ({ payload }, { tx }) => {
          expectTypeOf(payload).toEqualTypeOf<number>();
          expectTypeOf(tx).toEqualTypeOf<Sql>();
        },
      },
    });
  });

  it('gives `enqueue` its transaction, with the key of the job', () => {
    createReceiver(closed({ secret }), {
      store: sql,
      enqueue: (event, context) => {
        expectTypeOf(event).toEqualTypeOf<InvoiceEvent>();
        expectTypeOf(context).toEqualTypeOf<EnqueueContext<Sql>>();
        expectTypeOf(context.tx).toEqualTypeOf<Sql>();
        expectTypeOf(context.key).toEqualTypeOf<string>();
        expectTypeOf(context.jobId).toEqualTypeOf<string>();
      },
    });
  });

  it('refuses what its transaction cannot do', () => {
    createReceiver(closed({ secret }), {
      store: sql,
      on: {
        // @ts-expect-error: it is query
        'invoice.paid': (_event, { tx }) => tx.querry('select 1'),
      },
    });
    createReceiver(closed({ secret }), {
      store: sql,
      on: {
        // @ts-expect-error: this handler wants another transaction
        'invoice.paid': (_event: InvoiceEvent, _context: HandlerContext<{ insert(): void }>) => {},
      },
    });
  });

  it('stands behind a gate, too', () => {
    const gate = createGate({ store: sql, maxAttempts: 3 });
    expectTypeOf(gate).toEqualTypeOf<Gate<Sql>>();
    void gate.run('key', (context) => {
      expectTypeOf(context).toEqualTypeOf<RunContext<Sql>>();
      return 1;
    });
    void gate.run('key', async ({ tx }) => {
      expectTypeOf(tx).toEqualTypeOf<Sql>();
    });
  });
});

describe('a store with leases', () => {
  it.each([
    ['a lease store', () => memoryStore()],
    ['the lease side of a package', () => pg],
  ])('%s gives no transaction', (_, store) => {
    createReceiver(closed({ secret }), {
      store: store(),
      on: {
        'invoice.paid': (_event, context) => {
          expectTypeOf(context).toEqualTypeOf<HandlerContext>();
          expectTypeOf(context.tx).toEqualTypeOf<undefined>();
        },
      },
    });
    const gate = createGate({ store: store() });
    expectTypeOf(gate).toEqualTypeOf<Gate>();
    void gate.run('key', ({ tx }) => {
      expectTypeOf(tx).toEqualTypeOf<undefined>();
    });
  });

  it('nor does the default, or none', () => {
    createReceiver(closed({ secret }), {
      on: {
        'invoice.paid': (_event, { tx }) => {
          expectTypeOf(tx).toEqualTypeOf<undefined>();
        },
      },
    });
    createReceiver(closed({ secret }), {
      store: false,
      on: {
        'invoice.paid': (_event, { tx }) => {
          expectTypeOf(tx).toEqualTypeOf<undefined>();
        },
      },
    });
    createReceiver(closed({ secret }), {
      enqueue: (_event, { tx }) => {
        expectTypeOf(tx).toEqualTypeOf<undefined>();
      },
    });
  });
});
