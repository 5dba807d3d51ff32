import { describe, expectTypeOf, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  type EventMap,
  type EventOf,
  ed25519,
  type HandlerContext,
  hmac,
  type Keys,
  type OpenEvents,
  type Opened,
  type Outcome,
  type Platform,
  type Provider,
  type Receiver,
  type SecretInput,
  type StandardSchemaV1,
  type WebhookEvent,
  type WebhookRequest,
} from '../src/index.ts';

interface Invoice {
  readonly amount: number;
}
interface Customer {
  readonly email: string;
}
interface Events {
  'invoice.paid': Invoice;
  'customer.created': Customer;
}

const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
const closed = defineProvider<'secret', Events>({ name: 'closed', scheme });
const open = defineProvider({ name: 'open', scheme });
const secret = 'a secret';

type InvoiceEvent = WebhookEvent<'invoice.paid', Invoice>;
type CustomerEvent = WebhookEvent<'customer.created', Customer>;

describe('handlers', () => {
  it('get the payload of their type', () => {
    createReceiver(closed({ secret }), {
      on: {
        'invoice.paid': (event, context) => {
          expectTypeOf(event).toEqualTypeOf<InvoiceEvent>();
          expectTypeOf(event.payload).toEqualTypeOf<Invoice>();
          expectTypeOf(context).toEqualTypeOf<HandlerContext>();
          expectTypeOf(context.platform).toEqualTypeOf<Platform>();
          expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
        },
        'customer.created': async ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<Customer>();
        },
      },
    });
  });

  it('of the rest get the union', () => {
    createReceiver(closed({ secret }), {
      on: {
        '*': (event) => {
          expectTypeOf(event).toEqualTypeOf<InvoiceEvent | CustomerEvent>();
          if (event.type === 'invoice.paid') expectTypeOf(event.payload).toEqualTypeOf<Invoice>();
          else expectTypeOf(event).toEqualTypeOf<CustomerEvent>();
        },
      },
    });
  });

  it('do not compile under a misspelt name', () => {
    createReceiver(closed({ secret }), {
      on: {
        'invoice.paid': () => {},
        // @ts-expect-error: it is invoice.paid
        'invoice.payed': () => {},
      },
    });
  });

  it('do not compile for the payload of another type', () => {
    createReceiver(closed({ secret }), {
      on: {
        // @ts-expect-error: an invoice has no email
        'invoice.paid': ({ payload }) => payload.email,
      },
    });
    createReceiver(closed({ secret }), {
      on: {
        // @ts-expect-error: this one takes customers
        'invoice.paid': (event: CustomerEvent) => event.payload,
      },
    });
  });

  it('must be functions', () => {
    createReceiver(closed({ secret }), {
      on: {
        // @ts-expect-error: a handler is a function
        'invoice.paid': 'handle',
      },
    });
  });

  it('of an open map take any name, with an unknown payload', () => {
    createReceiver(open({ secret }), {
      on: {
        'whatever.happens': (event) => {
          expectTypeOf(event.type).toEqualTypeOf<string>();
          expectTypeOf(event.payload).toEqualTypeOf<unknown>();
        },
        '*': (event) => {
          expectTypeOf(event.payload).toEqualTypeOf<unknown>();
        },
      },
    });
  });
});

describe('a type argument', () => {
  type Union = { type: 'a'; a: number } | { type: 'b'; b: string };

  it('may be a union told apart by `type`, as vendors have', () => {
    const receiver = createReceiver(open<Union>({ secret }), {
      on: {
        a: ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<{ type: 'a'; a: number }>();
        },
        '*': (event) => {
          if (event.type === 'b') expectTypeOf(event.payload.b).toEqualTypeOf<string>();
        },
      },
    });
    expectTypeOf(receiver).toEqualTypeOf<
      Receiver<WebhookEvent<'a', { type: 'a'; a: number }> | WebhookEvent<'b', { type: 'b'; b: string }>>
    >();
    createReceiver(open<Union>({ secret }), {
      on: {
        // @ts-expect-error: there is no c
        c: () => {},
      },
    });
  });

  it('may be one event alone', () => {
    const receiver = createReceiver(open<{ type: 'a'; a: number }>({ secret }));
    expectTypeOf(receiver.verify).returns.resolves.toEqualTypeOf<
      WebhookEvent<'a', { type: 'a'; a: number }>
    >();
  });

  it('may be a map, as type or as interface', () => {
    expectTypeOf(createReceiver(open<Events>({ secret }))).toEqualTypeOf<
      Receiver<InvoiceEvent | CustomerEvent>
    >();
    expectTypeOf(createReceiver(open<{ x: 1 }>({ secret }))).toEqualTypeOf<Receiver<WebhookEvent<'x', 1>>>();
  });

  it('replaces the names that the provider knows', () => {
    expectTypeOf(createReceiver(closed<{ x: 1 }>({ secret }))).toEqualTypeOf<
      Receiver<WebhookEvent<'x', 1>>
    >();
  });

  it('may be left out', () => {
    expectTypeOf(closed({ secret })).toEqualTypeOf<Provider<Events>>();
    expectTypeOf(open({ secret })).toEqualTypeOf<Provider<OpenEvents>>();
  });
});

describe('schemas', () => {
  const schemaOf = <Output>() => ({}) as StandardSchemaV1<unknown, Output>;

  it('replace payloads of a closed map', () => {
    const receiver = createReceiver(closed({ secret }), {
      schemas: { 'invoice.paid': schemaOf<{ amount: bigint }>() },
      on: {
        'invoice.paid': ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<{ amount: bigint }>();
        },
        'customer.created': ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<Customer>();
        },
      },
    });
    expectTypeOf(receiver).toEqualTypeOf<
      Receiver<WebhookEvent<'invoice.paid', { amount: bigint }> | CustomerEvent>
    >();
  });

  it('add types to a closed map', () => {
    createReceiver(closed({ secret }), {
      schemas: { 'beta.event': schemaOf<boolean>() },
      on: {
        'beta.event': ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<boolean>();
        },
        'invoice.paid': ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<Invoice>();
        },
      },
    });
  });

  it('close an open map', () => {
    const receiver = createReceiver(open({ secret }), {
      schemas: { a: schemaOf<number>(), b: schemaOf<string>() },
      on: {
        a: ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<number>();
        },
        '*': (event) => {
          expectTypeOf(event).toEqualTypeOf<WebhookEvent<'a', number> | WebhookEvent<'b', string>>();
        },
      },
    });
    expectTypeOf(receiver.verify).returns.resolves.toEqualTypeOf<
      WebhookEvent<'a', number> | WebhookEvent<'b', string>
    >();
    createReceiver(open({ secret }), {
      schemas: { a: schemaOf<number>() },
      on: {
        // @ts-expect-error: no schema is for b
        b: () => {},
      },
    });
  });

  it('give their output, not their input', () => {
    const coercing = {} as StandardSchemaV1<string, number>;
    createReceiver(open({ secret }), {
      schemas: { a: coercing },
      on: {
        a: ({ payload }) => {
          expectTypeOf(payload).toEqualTypeOf<number>();
        },
      },
    });
  });
});

describe('everything that is given an event', () => {
  it('is given its types', () => {
    createReceiver(closed({ secret }), {
      dedupKey: (event) => {
        expectTypeOf(event).toEqualTypeOf<InvoiceEvent | CustomerEvent>();
        return event.id;
      },
      tenant: (event) => {
        expectTypeOf(event).toEqualTypeOf<InvoiceEvent | CustomerEvent>();
        return event.type;
      },
      hooks: {
        onAccepted: (event, { handled }) => {
          expectTypeOf(event).toEqualTypeOf<InvoiceEvent | CustomerEvent>();
          expectTypeOf(handled).toEqualTypeOf<boolean>();
        },
        onFailed: (_error, event) => {
          expectTypeOf(event).toEqualTypeOf<InvoiceEvent | CustomerEvent | undefined>();
        },
      },
    });
  });

  it('is a union that `type` tells apart', () => {
    type Event = EventOf<Events>;
    expectTypeOf<Event>().toEqualTypeOf<InvoiceEvent | CustomerEvent>();
    expectTypeOf<Extract<Event, { type: 'invoice.paid' }>['payload']>().toEqualTypeOf<Invoice>();
    expectTypeOf<EventOf<OpenEvents>>().toEqualTypeOf<WebhookEvent<string, unknown>>();
  });

  it('cannot change it', () => {
    const event = {} as InvoiceEvent;
    // @ts-expect-error: events are read-only
    event.type = 'invoice.paid';
    // @ts-expect-error: and so is what is said of them
    event.signed.id = true;
  });
});

describe('what comes out', () => {
  const receiver = createReceiver(closed({ secret }));

  it('has the types of its events', () => {
    expectTypeOf(receiver.verify).returns.resolves.toEqualTypeOf<InvoiceEvent | CustomerEvent>();
    expectTypeOf(receiver.receive).returns.resolves.toEqualTypeOf<Outcome<InvoiceEvent | CustomerEvent>>();
    expectTypeOf(receiver.open).returns.resolves.toEqualTypeOf<Opened<InvoiceEvent | CustomerEvent>>();
    expectTypeOf(receiver.fetch).parameter(0).toEqualTypeOf<Request>();
    expectTypeOf(receiver.fetch).returns.resolves.toEqualTypeOf<Response>();
  });

  it('is told apart by `kind`', async () => {
    const outcome = await receiver.receive({} as WebhookRequest);
    if (outcome.kind === 'accepted')
      expectTypeOf(outcome.event).toEqualTypeOf<InvoiceEvent | CustomerEvent>();
    if (outcome.kind === 'rejected') expectTypeOf(outcome).not.toHaveProperty('event');
    if (outcome.kind === 'in-flight') expectTypeOf(outcome.retryAfter).toEqualTypeOf<number>();
  });

  it('of open() is an event or an answer', async () => {
    const opened = await receiver.open({} as WebhookRequest);
    if (opened.response === undefined) {
      expectTypeOf(opened.event).toEqualTypeOf<InvoiceEvent | CustomerEvent>();
      expectTypeOf(opened.settle).toBeCallableWith(true);
    } else {
      expectTypeOf(opened.event).toEqualTypeOf<undefined>();
    }
  });

  it('is a receiver of any event, wherever one is wanted', () => {
    const anyReceiver = (_receiver: Receiver) => {};
    const anyEvent = (_receiver: Receiver<WebhookEvent>) => {};
    for (const mount of [anyReceiver, anyEvent]) {
      mount(receiver);
      mount(createReceiver(open({ secret })));
      mount(createReceiver(open<{ type: 'a' }>({ secret })));
      mount(createReceiver(closed({ secret }), { on: { 'invoice.paid': () => {} } }));
    }
    // @ts-expect-error: nothing says that these are invoices
    const narrow: Receiver<InvoiceEvent> = createReceiver(open({ secret }));
    expectTypeOf(narrow).toEqualTypeOf<Receiver<InvoiceEvent>>();
  });

  it('is made of any provider, wherever one is wanted', () => {
    const anyProvider = (_provider: Provider) => {};
    anyProvider(closed({ secret }));
    anyProvider(open({ secret }));
    expectTypeOf(receiver.provider).toEqualTypeOf<Provider>();
  });

  it('of a provider of any kind is some event, not none', () => {
    const make = (provider: Provider) => createReceiver(provider);
    expectTypeOf(make).returns.not.toEqualTypeOf<Receiver<never>>();
    const generic = <Own extends EventMap>(provider: Provider<Own>) => createReceiver(provider);
    expectTypeOf(generic(closed({ secret }))).toEqualTypeOf<Receiver<InvoiceEvent | CustomerEvent>>();
  });
});

describe('keys', () => {
  type Both = Keys<'secret' | 'publicKey'>;

  it('are needed: one of them, or all', () => {
    expectTypeOf<{ secret: string }>().toExtend<Both>();
    expectTypeOf<{ publicKey: string }>().toExtend<Both>();
    expectTypeOf<{ secret: string; publicKey: string[] }>().toExtend<Both>();
    expectTypeOf<Record<never, never>>().not.toExtend<Both>();
    expectTypeOf<{ secret: number }>().not.toExtend<Both>();
    expectTypeOf<{ secret: string; publicKey: number }>().not.toExtend<Both>();
    expectTypeOf<{ publicKey: string }>().not.toExtend<Keys<'secret'>>();
  });

  it('may be undefined, as an environment variable is', () => {
    expectTypeOf<{ secret: string | undefined }>().toExtend<Keys<'secret'>>();
    const provider = () => open({ secret: process.env.ACME_SECRET });
    expectTypeOf(provider).returns.toEqualTypeOf<Provider<OpenEvents>>();
  });

  it('are what a provider asks for', () => {
    const publicKey = { encoding: 'hex' } as const;
    const signed = ed25519({ header: 'x-signature', encoding: 'hex', content: ['body'], publicKey });
    const asymmetric = defineProvider({ name: 'asymmetric', scheme: signed });
    expectTypeOf(asymmetric).parameter(0).toExtend<{ readonly publicKey: SecretInput | undefined }>();
    const both = defineProvider<'secret' | 'publicKey'>({ name: 'both', scheme: [signed, scheme] });
    expectTypeOf(both).toBeCallableWith({ secret });
    expectTypeOf(both).toBeCallableWith({ publicKey: secret });
    // @ts-expect-error: neither is given
    both({});
    // @ts-expect-error: an Ed25519 provider takes no secret
    asymmetric({ secret });
    // @ts-expect-error: misspelt
    open({ sceret: secret });
  });

  it('may be given in every form', () => {
    expectTypeOf<string>().toExtend<SecretInput>();
    expectTypeOf<Uint8Array>().toExtend<SecretInput>();
    expectTypeOf<readonly [string, Uint8Array]>().toExtend<SecretInput>();
    expectTypeOf<{ id: string; value: string; notAfter: Date }>().toExtend<SecretInput>();
    expectTypeOf<(request: { url: string }) => Promise<string | undefined>>().toExtend<SecretInput>();
    expectTypeOf<(request: { url: string }) => string[]>().toExtend<SecretInput>();
    expectTypeOf<number>().not.toExtend<SecretInput>();
    expectTypeOf<Promise<string>>().not.toExtend<SecretInput>();
    expectTypeOf<{ id: string }>().not.toExtend<SecretInput>();
  });
});

describe('a request', () => {
  it('of Fetch is one', () => {
    expectTypeOf<Pick<Request, 'method' | 'url' | 'headers'>>().toExtend<
      Pick<WebhookRequest, 'method' | 'url' | 'headers'>
    >();
  });

  it('may be a literal', () => {
    expectTypeOf<{
      method: string;
      url: string;
      headers: Headers;
      body: Uint8Array;
    }>().toExtend<WebhookRequest>();
    expectTypeOf<{
      method: string;
      url: string;
      headers: Map<string, string>;
      body: null;
    }>().not.toExtend<WebhookRequest>();
    expectTypeOf<{
      method: string;
      url: string;
      headers: Headers;
      body: string;
    }>().not.toExtend<WebhookRequest>();
  });
});
