import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Segment webhook destinations. `secret` is the shared secret of the destination. HMAC-SHA1 is all that it
 * signs with. Switch batching off: of a batch Segment signs the first event alone, written anew, so that
 * anybody could add the others, and a batch is refused here.
 *
 * @see https://segment.com/docs/connections/destinations/catalog/actions-webhook/
 */
export const segment: ProviderFactory<'secret'> = defineProvider({
  name: 'segment',
  docs: {
    url: 'https://segment.com/docs/connections/destinations/catalog/actions-webhook/',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-signature',
    hash: 'sha1',
    encoding: 'hex',
    content: ['body'],
  }),
  // Unconfirmed, as the documentation of webhooks does not name it; every event of Segment's bears one.
  id: { payload: 'messageId' },
  type: { payload: 'type' },
  deadline: 5,
  horizon: 14_400,
});
