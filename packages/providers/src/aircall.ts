import { defineProvider, type ProviderFactory, token } from '@countersign/core';

/**
 * Aircall. `secret` is the token of the webhook. It stands in the body, in clear: nothing is signed, and whoever sees
 * one delivery can make others. Equal bodies are one delivery.
 *
 * @see https://developer.aircall.io/api-references/#webhooks
 */
export const aircall: ProviderFactory<'secret'> = defineProvider({
  name: 'aircall',
  docs: { url: 'https://developer.aircall.io/api-references/#webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: token({ payload: 'token' }),
  type: { payload: 'event' },
});
