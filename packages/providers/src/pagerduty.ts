import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { PagerdutyEvents } from './events/pagerduty-events.ts';

export type * from './events/pagerduty-events.ts';

/**
 * PagerDuty's V3 webhooks. `secret` is the one that the webhook subscription was made with; in a rotation every delivery
 * bears a signature for each. The body is covered, and no time.
 *
 * @see https://developer.pagerduty.com/docs/verifying-webhook-signatures
 */
export const pagerduty: ProviderFactory<'secret', PagerdutyEvents> = defineProvider({
  name: 'pagerduty',
  docs: {
    url: 'https://github.com/PagerDuty/developer-docs/blob/main/docs/webhooks/04-Signatures.md',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-pagerduty-signature',
    pairs: { separator: ',', signature: 'v1' },
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  // The header is the same for every attempt too, and nothing covers it.
  id: [{ payload: 'event.id' }, { header: 'x-webhook-id' }],
  type: { payload: 'event.event_type' },
  deadline: 5,
  // 48 hours; other 4xx are dropped at once.
  horizon: 172_800,
  reactions: { '2xx': 'done', '4xx': 'drop', '429': 'retry', '5xx': 'retry', timeout: 'retry' },
});
