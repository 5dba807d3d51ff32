import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { TallyEvents } from './events/tally-events.ts';

export type * from './events/tally-events.ts';

/**
 * Tally forms. `secret` is the webhook's signing secret; without one nothing is signed.
 *
 * @see https://tally.so/help/webhooks
 */
export const tally: ProviderFactory<'secret', TallyEvents> = defineProvider({
  name: 'tally',
  docs: { url: 'https://tally.so/help/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'tally-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  id: { payload: 'eventId' },
  type: { payload: 'eventType' },
  deadline: 10,
});
