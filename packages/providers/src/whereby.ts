import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { WherebyEvents } from './events/whereby-events.ts';

export type * from './events/whereby-events.ts';

/**
 * Whereby. `secret` is the webhook's, shown in the dashboard when it is made or edited. Time and body are covered.
 *
 * @see https://docs.whereby.com/reference/webhooks
 */
export const whereby: ProviderFactory<'secret', WherebyEvents> = defineProvider({
  name: 'whereby',
  docs: { url: 'https://docs.whereby.com/reference/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'whereby-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 't', unit: 's' },
  id: { payload: 'id' },
  type: { payload: 'type' },
  deadline: 5,
  // Two retries, for 5xx and time-outs.
  reactions: { '2xx': 'done', '4xx': 'drop', '5xx': 'retry', timeout: 'retry' },
});
