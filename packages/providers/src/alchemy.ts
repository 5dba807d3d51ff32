import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Alchemy Notify. `secret` is the signing key of this webhook (`whsec_…`, whole: it is not decoded); each
 * webhook has its own.
 *
 * @see https://www.alchemy.com/docs/reference/notify-api-quickstart
 */
export const alchemy: ProviderFactory<'secret'> = defineProvider({
  name: 'alchemy',
  docs: { url: 'https://www.alchemy.com/docs/reference/notify-api-quickstart', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-alchemy-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: { alcht_: 'an API key, not a signing key' },
    },
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
});
