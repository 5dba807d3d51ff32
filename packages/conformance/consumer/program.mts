// What users write, against the declarations of the tarballs: compiled by every TypeScript and library of types.
import {
  createReceiver,
  type DedupStore,
  defineProvider,
  hmac,
  isWebhookError,
  memoryStore,
  type Reply,
  type StandardSchemaV1,
  WebhookError,
  type WebhookErrorCode,
  type WebhookRequest,
} from '@countersign/core';
import { github } from '@countersign/providers/github';
import { stripe } from '@countersign/providers/stripe';
import { hostileDeliveries, sign, toRequest } from '@countersign/testing';
import { answer, failure, provider, store } from './required.cjs';

const payments = createReceiver(stripe({ secret: ['whsec_a', { id: 'b', value: 'whsec_b' }] }), {
  store: memoryStore({ maxEntries: 10 }),
  on: {
    'invoice.paid': async (event, { signal, attempt }) => {
      const id: string = event.payload.data.object.id;
      if (!signal.aborted && attempt === 1) console.log(id, event.signed.timestamp);
    },
    // @ts-expect-error there is no such event
    'invoice.payed': () => {},
    '*': (event) => console.log(event.type),
  },
});

/** A request of the platform is one of ours, whichever library it is typed by. */
export async function serve(request: Request): Promise<Response> {
  const same: WebhookRequest = request;
  const event = await payments.verify(request);
  if (event.type === 'invoice.paid') console.log(event.payload.data.object.id);
  // @ts-expect-error there is no such event
  if (event.type === 'invoice.payed') console.log(event);
  const { status, headers, body } = await payments.handle(same);
  console.log(status, headers['retry-after'], body);
  return payments.fetch(request);
}

export function codeOf(error: unknown): WebhookErrorCode | undefined {
  if (error instanceof WebhookError) return error.code;
  return isWebhookError(error) ? error.code : undefined;
}

/** What the other declarations of the packages describe is the same. */
export const shared = createReceiver(provider, {
  store,
  on: {
    'invoice.paid': (event) => {
      console.log(event.payload.data.object.id);
      return answer;
    },
    // @ts-expect-error there is no such event
    'invoice.payed': () => {},
  },
});
export const sameError: WebhookError = failure;
export const sameReply: Reply = answer;
export const sameStore: DedupStore = store;

interface Order {
  readonly total: number;
}
declare const orderSchema: StandardSchemaV1<unknown, Order>;

const acme = defineProvider({
  name: 'acme',
  scheme: hmac({ header: 'x-acme', hash: 'sha256', encoding: 'hex', content: ['body'] }),
  type: { payload: 'type' },
});
export const orders = createReceiver(acme<{ 'order.placed': Order }>({ secret: 's' }), {
  on: { 'order.placed': (event) => console.log(event.payload.total.toFixed(2)) },
});
export const refined = createReceiver(github({ secret: 's' }), {
  schemas: { push: orderSchema },
  on: { push: (event) => console.log(event.payload.total.toFixed(2)) },
});

export async function test(): Promise<void> {
  const signed = await sign(provider, { type: 'invoice.paid' });
  await payments.receive(toRequest(signed));
  for (const { delivery, codes } of await hostileDeliveries(provider)) console.log(delivery.headers, codes);
}
