import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { MuxEvents } from './events/mux-events.ts';

export type * from './events/mux-events.ts';

/**
 * Mux. `secret` is the webhook's signing secret, from the webhooks page of its settings. Time and body are covered.
 * The body of one event differs between attempts: it counts them.
 *
 * @see https://www.mux.com/docs/core/verify-webhook-signatures
 */
export const mux: ProviderFactory<'secret', MuxEvents> = defineProvider({
  name: 'mux',
  docs: { url: 'https://www.mux.com/docs/core/verify-webhook-signatures', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'mux-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 't', unit: 's' },
  id: { payload: 'id' },
  type: { payload: 'type' },
});
