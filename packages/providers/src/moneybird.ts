import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Moneybird. `secret` is the webhook's signing secret, from its API; in a rotation every delivery bears a signature for
 * each. Time and body are covered. The type is the action (`sales_invoice_state_changed_to_paid`). Deliveries bear no
 * id: equal bodies are one delivery. Only 200 counts as delivered.
 *
 * @see https://developer.moneybird.com/webhooks/verifying-signatures
 */
export const moneybird: ProviderFactory<'secret'> = defineProvider({
  name: 'moneybird',
  docs: { url: 'https://developer.moneybird.com/webhooks/verifying-signatures', read: '2026-11-22' },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'moneybird-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 't', unit: 's' },
  type: { payload: 'action' },
  reactions: {
    '200': 'done',
    '2xx': 'retry',
    '3xx': 'retry',
    '4xx': 'retry',
    '5xx': 'retry',
    timeout: 'retry',
  },
});
