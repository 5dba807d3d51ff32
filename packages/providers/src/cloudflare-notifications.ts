import { defineProvider, type ProviderFactory, token } from '@countersign/core';

/**
 * Cloudflare Notifications. `secret` is the secret of the webhook destination. It is sent in clear: nothing is signed,
 * and whoever sees one delivery can make others. The type is the `alert_type`; equal bodies are one delivery.
 *
 * @see https://developers.cloudflare.com/notifications/get-started/configure-webhooks/
 */
export const cloudflareNotifications: ProviderFactory<'secret'> = defineProvider({
  name: 'cloudflare-notifications',
  docs: {
    url: 'https://developers.cloudflare.com/notifications/get-started/configure-webhooks/',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: token({ header: 'cf-webhook-auth' }),
  type: { payload: 'alert_type' },
});
