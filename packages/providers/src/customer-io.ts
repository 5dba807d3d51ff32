import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Customer.io's reporting webhooks. `secret` is the webhook's signing key. The type is the metric (`opened`), whatever
 * it is of: `object_type` in the payload says whether of an email, a push or a person.
 *
 * @see https://docs.customer.io/integrations/api/webhooks/
 */
export const customerIo: ProviderFactory<'secret'> = defineProvider({
  name: 'customer-io',
  docs: { url: 'https://docs.customer.io/integrations/api/webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-cio-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: [{ text: 'v0:' }, 'timestamp', { text: ':' }, 'body'],
  }),
  timestamp: { header: 'x-cio-timestamp', unit: 's' },
  id: { payload: 'event_id' },
  type: { payload: 'metric' },
  deadline: 4,
});
