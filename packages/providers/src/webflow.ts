import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { WebflowEvents } from './events/webflow-events.ts';

export type * from './events/webflow-events.ts';

/**
 * Webflow. `secret` is the webhook's own key, or the client secret of the app that made it by OAuth; webhooks made in
 * a site's settings before they had keys are not signed. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://developers.webflow.com/data/docs/working-with-webhooks
 */
export const webflow: ProviderFactory<'secret', WebflowEvents> = defineProvider({
  name: 'webflow',
  docs: { url: 'https://developers.webflow.com/data/docs/working-with-webhooks', read: '2026-11-22' },
  status: 'proven',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'x-webflow-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: ':' }, 'body'],
  }),
  timestamp: { header: 'x-webflow-timestamp', unit: 'ms' },
  type: { payload: 'triggerType' },
});
