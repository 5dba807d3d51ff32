import { createReceiver, type StandardSchemaV1, type WebhookEvent } from '@countersign/core';
import { assertType, describe, expectTypeOf, it } from 'vitest';
import type { SlackBlockActions, SlackCommand } from '../src/events/slack-events.ts';
import { discord, github, meta, slack, standardWebhooks, stripe, svix, twilio } from '../src/index.ts';

const secret = 'a-secret';

describe("a provider's own types", () => {
  it('narrow a Stripe event by its key', () => {
    createReceiver(stripe({ secret }), {
      on: {
        'invoice.paid': (event) => {
          expectTypeOf(event.type).toEqualTypeOf<'invoice.paid'>();
          expectTypeOf(event.payload.type).toEqualTypeOf<'invoice.paid'>();
          expectTypeOf(event.payload.data.object.id).toEqualTypeOf<string>();
          // @ts-expect-error the payload of a Stripe event is no such thing
          event.payload.ref;
        },
        'balance.available': ({ payload }) => {
          // @ts-expect-error a balance has no id of its own
          expectTypeOf(payload.data.object.id).toEqualTypeOf<string>();
        },
        '*': (event) => {
          if (event.type === 'customer.created')
            expectTypeOf(event.payload.type).toEqualTypeOf<'customer.created'>();
        },
      },
    });
  });

  it('narrow a GitHub event by its key', () => {
    createReceiver(github({ secret }), {
      on: {
        push: (event) => {
          expectTypeOf(event.type).toEqualTypeOf<'push'>();
          expectTypeOf(event.payload.ref).toEqualTypeOf<string>();
          expectTypeOf(event.payload.commits[0]?.message).toEqualTypeOf<string | undefined>();
        },
        issues: ({ payload }) => {
          expectTypeOf(payload.issue.number).toEqualTypeOf<number>();
          expectTypeOf(payload.action).toExtend<string>();
        },
      },
    });
  });

  it('narrow what Slack sends: events, interactions and commands', () => {
    createReceiver(slack({ secret }), {
      on: {
        app_mention: (event) => {
          expectTypeOf(event.type).toEqualTypeOf<'app_mention'>();
          expectTypeOf(event.payload.event.type).toEqualTypeOf<'app_mention'>();
          expectTypeOf(event.payload.event_id).toEqualTypeOf<string>();
        },
        block_actions: ({ payload }) => expectTypeOf(payload).toEqualTypeOf<SlackBlockActions>(),
        '/weather': ({ payload }) => expectTypeOf(payload).toEqualTypeOf<SlackCommand>(),
      },
    });
  });

  it('narrow what comes out of verify()', async () => {
    const event = await createReceiver(stripe({ secret })).verify({} as never);
    switch (event.type) {
      case 'invoice.paid':
        expectTypeOf(event.payload.data.object.id).toEqualTypeOf<string>();
        break;
      // @ts-expect-error there is no such event
      case 'invoice.payed':
        break;
    }
  });

  it('do not know a name that is misspelt', () => {
    const handle = () => {};
    // @ts-expect-error payed
    createReceiver(stripe({ secret }), { on: { 'invoice.payed': handle } });
    // @ts-expect-error issue
    createReceiver(github({ secret }), { on: { issue: handle } });
    // @ts-expect-error app_mentions
    createReceiver(slack({ secret }), { on: { app_mentions: handle } });
    // @ts-expect-error a command without its slash
    createReceiver(slack({ secret }), { on: { weather: handle } });
    // @ts-expect-error in capitals
    createReceiver(discord({ publicKey: secret }), { on: { application_authorized: handle } });
    // @ts-expect-error pages
    createReceiver(meta({ secret }), { on: { pages: handle } });
    // @ts-expect-error deliver
    createReceiver(twilio({ secret, publicUrl: 'https://example.com' }), { on: { deliver: handle } });
    createReceiver(twilio({ secret, publicUrl: 'https://example.com' }), {
      on: { delivered: handle, '*': handle },
    });
  });

  it('are open where only the application knows them', () => {
    createReceiver(standardWebhooks({ secret }), {
      on: { 'user.created': (event) => expectTypeOf(event.payload).toEqualTypeOf<unknown>() },
    });
    expectTypeOf(createReceiver(svix({ secret })).verify).returns.resolves.toEqualTypeOf<
      WebhookEvent<string, unknown>
    >();
  });
});

describe('a type argument', () => {
  /** As `Stripe.Event` is: a union told apart by `type`. */
  type Vendor =
    | { type: 'invoice.paid'; id: string; data: { object: { id: string; amount_paid: number } } }
    | { type: 'customer.created'; id: string; data: { object: { id: string; email: string | null } } };

  it("may be the vendor's union", async () => {
    const receiver = createReceiver(stripe<Vendor>({ secret }), {
      on: {
        'invoice.paid': ({ type, payload }) => {
          expectTypeOf(type).toEqualTypeOf<'invoice.paid'>();
          expectTypeOf(payload.data.object.amount_paid).toEqualTypeOf<number>();
          // @ts-expect-error that is the customer's
          payload.data.object.email;
        },
        'customer.created': ({ payload }) =>
          expectTypeOf(payload.data.object.email).toEqualTypeOf<string | null>(),
      },
    });
    const event = await receiver.verify({} as never);
    expectTypeOf(event.type).toEqualTypeOf<'invoice.paid' | 'customer.created'>();
    if (event.type === 'customer.created') {
      expectTypeOf(event.payload.data.object.email).toEqualTypeOf<string | null>();
    }
    // @ts-expect-error our own names are replaced by the union's
    createReceiver(stripe<Vendor>({ secret }), { on: { 'invoice.created': () => {} } });
  });

  it('may be a map', () => {
    interface Ours {
      push: { ref: string; ours: true };
    }
    createReceiver(github<Ours>({ secret }), {
      on: { push: ({ payload }) => expectTypeOf(payload.ours).toEqualTypeOf<true>() },
    });
    // @ts-expect-error it has a push and nothing else
    createReceiver(github<Ours>({ secret }), { on: { issues: () => {} } });
  });
});

describe('a schema', () => {
  it("makes the payload of its type, and leaves the others'", () => {
    const invoice = {} as StandardSchemaV1<unknown, { total: bigint }>;
    createReceiver(stripe({ secret }), {
      schemas: { 'invoice.paid': invoice },
      on: {
        'invoice.paid': ({ payload }) => expectTypeOf(payload).toEqualTypeOf<{ total: bigint }>(),
        'customer.created': ({ payload }) => expectTypeOf(payload.type).toEqualTypeOf<'customer.created'>(),
      },
    });
  });
});

describe('the options', () => {
  it('name the keys as the provider does', () => {
    // `process.env` compiles; an unset variable is refused when the program starts.
    assertType(stripe({ secret: process.env.STRIPE_SECRET }));
    assertType(discord({ publicKey: process.env.DISCORD_PUBLIC_KEY }));
    assertType(standardWebhooks({ secret }));
    assertType(standardWebhooks({ publicKey: secret }));
    assertType(standardWebhooks({ secret, publicKey: secret }));
    assertType(stripe({ secret: [secret, { id: 'old', value: secret, notAfter: new Date() }] }));
    assertType(stripe({ secret: async ({ headers }) => headers.get('x-tenant') ?? undefined }));
    // @ts-expect-error no key
    stripe({});
    // @ts-expect-error nor here
    standardWebhooks({});
    // @ts-expect-error Stripe has no public key
    stripe({ publicKey: secret });
    // @ts-expect-error Discord has no secret
    discord({ secret });
    // @ts-expect-error a number is no secret
    stripe({ secret: 1 });
  });

  it('take what the provider needs besides', () => {
    assertType(twilio({ secret, publicUrl: 'https://example.com' }));
    assertType(twilio({ secret, publicUrl: ({ url }) => `https://example.com${url}` }));
    assertType(meta({ secret }));
    assertType(meta({ secret, verifyToken: process.env.META_TOKEN }));
    // @ts-expect-error Twilio signs its URL
    twilio({ secret });
    // @ts-expect-error the token is text
    meta({ secret, verifyToken: 1 });
  });
});
