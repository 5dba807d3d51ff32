import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { OrdergrooveEvents } from './events/ordergroove-events.ts';

export type * from './events/ordergroove-events.ts';

/**
 * Ordergroove. `secret` is the target's verification key; for 24 hours after a rotation every delivery bears a
 * signature for the new and the old one. Time and body are covered.
 *
 * @see https://developer.ordergroove.com/data/webhook-verification
 */
export const ordergroove: ProviderFactory<'secret', OrdergrooveEvents> = defineProvider({
  name: 'ordergroove',
  docs: { url: 'https://developer.ordergroove.com/data/webhook-verification', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'ordergroove-signature',
    pairs: { separator: ',', signature: 'sig', fields: ['ts'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 'ts', unit: 's' },
  id: { payload: 'id' },
  type: { payload: 'type' },
  // Up to 60 attempts over nine to ten hours.
  horizon: 36_000,
  reactions: { '2xx': 'done', '3xx': 'retry', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
