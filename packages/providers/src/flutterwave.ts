import { defineProvider, hmac, type ProviderFactory, token } from '@countersign/core';

/**
 * Flutterwave, API v4 and v3. `secret` is the secret hash of the dashboard. v4 signs the body with it; v3 sends it in
 * clear, and signs nothing. A delivery that bears a signature stands or falls by it.
 *
 * @see https://developer.flutterwave.com/docs/webhooks
 */
export const flutterwave: ProviderFactory<'secret'> = defineProvider({
  name: 'flutterwave',
  docs: { url: 'https://developer.flutterwave.com/docs/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: [
    hmac({ header: 'flutterwave-signature', hash: 'sha256', encoding: 'base64', content: ['body'] }),
    token({ header: 'verif-hash' }),
  ],
  // v3 has no id of the event: that of the transaction is the same for several.
  type: [{ payload: 'type' }, { payload: 'event' }],
});
