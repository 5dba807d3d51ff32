import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Cloudflare Stream. `secret` is the one that Stream's API returned when the webhook was set. Time and body are covered.
 * The type is the video's state (`ready`, `error`). Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://developers.cloudflare.com/stream/manage-video-library/using-webhooks/
 */
export const cloudflareStream: ProviderFactory<'secret'> = defineProvider({
  name: 'cloudflare-stream',
  docs: {
    url: 'https://developers.cloudflare.com/stream/manage-video-library/using-webhooks/',
    read: '2026-11-22',
  },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'webhook-signature',
    pairs: { separator: ',', signature: 'sig1', fields: ['time'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 'time', unit: 's' },
  type: { payload: 'status.state' },
});
