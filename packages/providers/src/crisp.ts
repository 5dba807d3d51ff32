import { hmac, type ProviderFactory } from '@countersign/core';
import { headerTime, secondsOrMs } from './schemes/header-time.ts';

/**
 * Crisp's plugin hooks. `secret` is the plugin's signing secret. Website hooks are not signed, and not understood
 * here. Deliveries bear no id: equal bodies, which hold a time of their own, are one delivery.
 *
 * @see https://docs.crisp.chat/guides/web-hooks/plugin-hooks/
 */
export const crisp: ProviderFactory<'secret'> = headerTime({
  name: 'crisp',
  docs: { url: 'https://github.com/crisp-im/node-crisp-api', read: '2026-11-22' },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'x-crisp-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: [{ text: '[' }, 'timestamp', { text: ';' }, 'body', { text: ']' }],
  }),
  // The unit is unconfirmed.
  timestamp: { header: 'x-crisp-request-timestamp', read: secondsOrMs },
  type: { payload: 'event' },
});
