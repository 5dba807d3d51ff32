import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * MailerSend. `secret` is the webhook's signing secret. Deliveries bear no id, and `data.id` may be that of a
 * domain: equal bodies are one delivery.
 *
 * @see https://developers.mailersend.com/api/v1/webhooks.html#security
 */
export const mailersend: ProviderFactory<'secret'> = defineProvider({
  name: 'mailersend',
  docs: { url: 'https://developers.mailersend.com/api/v1/webhooks.html#security', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: { 'mlsn.': 'an API token, not the signing secret of the webhook' },
    },
  }),
  type: { payload: 'type' },
});
