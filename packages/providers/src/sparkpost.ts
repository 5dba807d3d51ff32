import { basic, defineProvider, type ProviderFactory } from '@countersign/core';
import type { SparkpostEvents } from './events/sparkpost-events.ts';

export type * from './events/sparkpost-events.ts';

/**
 * SparkPost event webhooks, by Basic authentication. `secret` is `user:password`. Both are sent in clear: nothing is
 * signed, and whoever sees one delivery can make others. A delivery is a list of events of several types: the event is
 * `batch`, its items are yours to run one by one (`ctx.once`, by `event_id`).
 *
 * @see https://support.sparkpost.com/docs/user-guide/webhook-authentication
 */
export const sparkpost: ProviderFactory<'secret', SparkpostEvents> = defineProvider({
  name: 'sparkpost',
  docs: { url: 'https://support.sparkpost.com/docs/user-guide/webhook-authentication', read: '2026-11-22' },
  status: 'documented',
  scheme: basic(),
  id: { header: 'x-messagesystems-batch-id' },
  type: { constant: 'batch' },
  deadline: 10,
  // Eight hours, for every answer but 200.
  horizon: 28_800,
  reactions: { '200': 'done', '2xx': 'retry', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
