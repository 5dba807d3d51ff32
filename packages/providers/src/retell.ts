import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { RetellEvents } from './events/retell-events.ts';

export type * from './events/retell-events.ts';

/**
 * Retell AI. `secret` is the account's API key that has the webhook badge. Body and time are covered. Deliveries bear
 * no id: equal bodies are one delivery.
 *
 * @see https://docs.retellai.com/features/secure-webhook
 */
export const retell: ProviderFactory<'secret', RetellEvents> = defineProvider({
  name: 'retell',
  docs: { url: 'https://docs.retellai.com/features/secure-webhook', read: '2026-11-22' },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'x-retell-signature',
    pairs: { separator: ',', signature: 'd', fields: ['v'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['body', 'timestamp'],
  }),
  timestamp: { field: 'v', unit: 'ms' },
  type: { payload: 'event' },
});
