import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { FourthwallEvents } from './events/fourthwall-events.ts';

export type * from './events/fourthwall-events.ts';

/**
 * Fourthwall. `secret` is that of the shop's webhook settings, or a platform app's HMAC key, which signs
 * under a header of its own.
 *
 * @see https://docs.fourthwall.com/webhooks/signature-verification
 */
export const fourthwall: ProviderFactory<'secret', FourthwallEvents> = defineProvider({
  name: 'fourthwall',
  docs: { url: 'https://docs.fourthwall.com/webhooks/signature-verification', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: ['x-fourthwall-hmac-sha256', 'x-fourthwall-hmac-apps-sha256'],
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
});
