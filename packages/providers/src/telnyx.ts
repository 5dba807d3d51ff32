import { defineProvider, ed25519, type ProviderFactory } from '@countersign/core';

/**
 * Telnyx, API v2 webhooks. `publicKey` is the account's, from Mission Control (Keys & Credentials, Public Key), in
 * base64. The type is `data.event_type` (`message.received`).
 *
 * @see https://developers.telnyx.com/docs/development/sdk/python/webhooks
 */
export const telnyx: ProviderFactory<'publicKey'> = defineProvider({
  name: 'telnyx',
  docs: { url: 'https://developers.telnyx.com/docs/development/sdk/python/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: ed25519({
    header: 'telnyx-signature-ed25519',
    encoding: 'base64',
    content: ['timestamp', { text: '|' }, 'body'],
    publicKey: { encoding: 'base64' },
  }),
  timestamp: { header: 'telnyx-timestamp', unit: 's' },
  id: { payload: 'data.id' },
  type: { payload: 'data.event_type' },
});
