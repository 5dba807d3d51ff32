import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * LaunchDarkly. `secret` is the one shown beside the webhook; without one nothing is signed. Entries come in
 * any order, and are sent again once.
 *
 * @see https://launchdarkly.com/docs/home/infrastructure/webhooks
 */
export const launchdarkly: ProviderFactory<'secret'> = defineProvider({
  name: 'launchdarkly',
  docs: { url: 'https://launchdarkly.com/docs/home/infrastructure/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-ld-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: '_id' },
  type: { payload: 'kind' },
});
