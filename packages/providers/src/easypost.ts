import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * EasyPost. `secret` is the webhook's, and is brought into Unicode's form NFKD as EasyPost does. The bytes
 * are verified as they came, so that a weight of `614.0` stays one.
 *
 * @see https://docs.easypost.com/guides/webhooks-guide
 */
export const easypost: ProviderFactory<'secret'> = defineProvider({
  name: 'easypost',
  docs: { url: 'https://docs.easypost.com/guides/webhooks-guide', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-hmac-signature',
    prefix: 'hmac-sha256-hex=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: { encoding: 'utf8', read: (text) => text.normalize('NFKD') },
  }),
  id: { payload: 'id' },
  type: { payload: 'description' },
});
