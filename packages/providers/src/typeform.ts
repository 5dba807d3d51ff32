import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Typeform. `secret` is the text that you set on the webhook; without one nothing is signed. Behind `sha256=` stands
 * base64, not hex.
 *
 * @see https://www.typeform.com/developers/webhooks/secure-your-webhooks/
 */
export const typeform: ProviderFactory<'secret'> = defineProvider({
  name: 'typeform',
  docs: { url: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'typeform-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
    secret: { encoding: 'utf8', refuse: { tfp_: 'a personal access token, not the secret of a webhook' } },
  }),
  id: { payload: 'event_id' },
  type: { payload: 'event_type' },
});
