import { createReceiver, memoryStore, type WebhookRequest } from '@countersign/core';
import { stripe } from '@countersign/providers/stripe';
import { deliveryOf } from '../delivery.ts';
import { requestOf } from '../request-of.ts';
import { senders } from '../senders.ts';
import type { Call } from '../verify/contender.ts';

/** Something of which there may be more. */
export interface Growth {
  readonly what: string;
  readonly counts: readonly number[];
  prepare(count: number): Call | Promise<Call>;
}

const BYTES = 2048;
const { secret } = senders.stripe;

const others = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `whsec_other_${String(at).padStart(8, '0')}`);

const bare = { store: false, logger: false } as const;

/** New ones, as many as are wanted: made outside of the clock. */
function freshRequests(label: string): Required<Pick<Call, 'supply'>> & { next(): WebhookRequest } {
  let made = 0;
  const requests: WebhookRequest[] = [];
  return {
    supply(calls) {
      while (requests.length < calls) {
        requests.push(requestOf(deliveryOf('stripe', BYTES, `evt_${label}_${made++}`)));
      }
    },
    next: () => requests.pop() as WebhookRequest,
  };
}

export const growths: readonly Growth[] = [
  {
    what: 'secrets',
    counts: [1, 2, 4, 8, 16],
    prepare(count) {
      // Every one is tried; the last one is right.
      const receiver = createReceiver(stripe({ secret: [...others(count - 1), secret] }), bare);
      const request = requestOf(deliveryOf('stripe', BYTES, 'evt_secrets'));
      return { run: () => receiver.verify(request) };
    },
  },
  {
    what: 'signatures',
    counts: [1, 2, 4, 8, 16],
    prepare(count) {
      const receiver = createReceiver(stripe({ secret }), bare);
      const delivery = deliveryOf('stripe', BYTES, 'evt_signatures');
      const [time, right] = (delivery.headers['stripe-signature'] as string).split(',');
      const wrong = Array.from({ length: count - 1 }, (_, at) => `v1=${String(at).padStart(64, '0')}`);
      const headers = { 'stripe-signature': [time, ...wrong, right].join(',') };
      const request = requestOf({ ...delivery, headers });
      return { run: () => receiver.verify(request) };
    },
  },
  {
    what: 'receivers',
    counts: [1, 10, 100, 1000],
    prepare(count) {
      const all = others(count - 1).map((each) => createReceiver(stripe({ secret: each }), bare));
      const receiver = createReceiver(stripe({ secret }), bare);
      const request = requestOf(deliveryOf('stripe', BYTES, 'evt_receivers'));
      const refused = { ...request, body: new Uint8Array() };
      // The others are met too, so that they are not merely there.
      for (const each of all) each.verify(refused).catch(() => {});
      return { run: () => receiver.verify(request) };
    },
  },
  {
    what: 'remembered keys',
    counts: [0, 100, 1000, 10_000, 49_000],
    async prepare(count) {
      const store = memoryStore({ maxEntries: 1_000_000 });
      const receiver = createReceiver(senders.stripe.provider, { store, on: {}, logger: false });
      const fill = freshRequests(`fill_${count}`);
      fill.supply(count);
      for (let at = 0; at < count; at++) await receiver.handle(fill.next());
      const { supply, next } = freshRequests(`keys_${count}`);
      return {
        supply,
        async run() {
          const { status } = await receiver.handle(next());
          if (status !== 200) throw new Error(`answered ${status}`);
        },
      };
    },
  },
];
