import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { StripeEvents } from './events/stripe-events.ts';

export type * from './events/stripe-events.ts';
export type * from './events/stripe-thin-events.ts';

/**
 * Stripe. `secret` is the endpoint's signing secret (`whsec_…`), whole: Stripe does not decode it.
 * For the vendor's payload types: `stripe<Stripe.Event>({ secret })`.
 *
 * @see https://docs.stripe.com/webhooks/signature
 */
export const stripe: ProviderFactory<'secret', StripeEvents> = defineProvider({
  name: 'stripe',
  docs: { url: 'https://docs.stripe.com/webhooks/signature', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'stripe-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
    secret: {
      encoding: 'utf8',
      refuse: {
        sk_: 'a Stripe API key, not a signing secret',
        rk_: 'a Stripe API key, not a signing secret',
        pk_: 'a Stripe API key, not a signing secret',
        we_: "an endpoint's id, not its signing secret",
      },
    },
  }),
  timestamp: { field: 't', unit: 's' },
  id: { payload: 'id' },
  type: { payload: 'type' },
  // Three days in live mode; events can be sent again by hand for 30.
  horizon: 259_200,
});
