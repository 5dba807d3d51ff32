import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Attio. `secret` is the webhook's. A delivery is a list, `payload.events`, each with its own `event_type`:
 * handle it under `'*'`. The id stands in a header that the signature does not cover; see `replayGuard`.
 *
 * @see https://docs.attio.com/rest-api/how-to/webhooks
 */
export const attio: ProviderFactory<'secret'> = defineProvider({
  name: 'attio',
  docs: { url: 'https://docs.attio.com/rest-api/how-to/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: ['attio-signature', 'x-attio-signature'],
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { header: 'idempotency-key' },
  // Ten more attempts over about three days.
  horizon: 259_200,
});
