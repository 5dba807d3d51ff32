import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { CursorEvents } from './events/cursor-events.ts';

export type * from './events/cursor-events.ts';

/**
 * Cursor's background agents. `secret` is the one given with the webhook's address. Neither the agent's `id`
 * nor that of the attempt names an event: equal bodies are one delivery.
 *
 * @see https://docs.cursor.com/en/background-agent/api/webhooks
 */
export const cursor: ProviderFactory<'secret', CursorEvents> = defineProvider({
  name: 'cursor',
  docs: { url: 'https://docs.cursor.com/en/background-agent/api/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-webhook-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  // `id` is the agent's, and `X-Webhook-ID` that of one attempt.
  type: { payload: 'event' },
});
