import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Razorpay. `secret` is the one typed in when the webhook was set up, not an API key's. The event's id stands
 * in a header that the signature does not cover; see `replayGuard`.
 *
 * @see https://razorpay.com/docs/webhooks/validate-test
 */
export const razorpay: ProviderFactory<'secret'> = defineProvider({
  name: 'razorpay',
  docs: { url: 'https://razorpay.com/docs/webhooks/validate-test', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-razorpay-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: { rzp_: "an API key's id, not the webhook secret" },
    },
  }),
  id: { header: 'x-razorpay-event-id' },
  type: { payload: 'event' },
});
