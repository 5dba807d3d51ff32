import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { GhostEvents } from './events/ghost-events.ts';

export type * from './events/ghost-events.ts';

/**
 * Ghost. `secret` is the text that you set on the webhook of a custom integration; without one nothing is signed.
 * Body and time are covered. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://docs.ghost.org/webhooks
 */
export const ghost: ProviderFactory<'secret', GhostEvents> = defineProvider({
  name: 'ghost',
  docs: {
    url: 'https://github.com/TryGhost/Ghost/blob/main/ghost/core/core/server/services/webhooks/WebhookTrigger.js',
    read: '2026-11-22',
  },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'x-ghost-signature',
    pairs: { separator: ', ', signature: 'sha256', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['body', 'timestamp'],
  }),
  timestamp: { field: 't', unit: 'ms' },
  type: { payload: 'event' },
  deadline: 2,
  // Ghost deletes the webhook for a 410.
  reactions: { '2xx': 'done', '410': 'disable', timeout: 'retry' },
});
