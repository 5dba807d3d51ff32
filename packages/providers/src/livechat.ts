import { defineProvider, type ProviderFactory, token } from '@countersign/core';

/**
 * LiveChat. `secret` is the secret key of the webhook. It stands in the body, in clear: nothing is signed, and whoever
 * sees one delivery can make others. `webhook_id` is that of the webhook; equal bodies are one delivery.
 *
 * @see https://platform.text.com/docs/management/webhooks
 */
export const livechat: ProviderFactory<'secret'> = defineProvider({
  name: 'livechat',
  docs: { url: 'https://platform.text.com/docs/management/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: token({ payload: 'secret_key' }),
  type: { payload: 'action' },
});
