import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Sinch Numbers: events of rented numbers, such as `PROVISIONING_TO_VOICE_PLATFORM`. `secret` is the callback's
 * `hmacSecret`. There is no signed time.
 *
 * @see https://github.com/sinch/sinch-sdk-node
 */
export const sinchNumbers: ProviderFactory<'secret'> = defineProvider({
  name: 'sinch-numbers',
  docs: { url: 'https://github.com/sinch/sinch-sdk-node', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-sinch-signature',
    hash: 'sha1',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'eventId' },
  type: { payload: 'eventType' },
});
