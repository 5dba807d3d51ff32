import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Doppler. `secret` is the signing secret of the webhook; without one nothing is signed. A delivery names the
 * config whose secrets changed. Two changes make the same bytes, so no delivery is taken for a duplicate. The
 * type is open, as the payload may be one of your own.
 *
 * @see https://docs.doppler.com/docs/webhooks
 */
export const doppler: ProviderFactory<'secret'> = defineProvider({
  name: 'doppler',
  docs: { url: 'https://docs.doppler.com/docs/webhooks', read: '2026-11-22' },
  status: 'documented',
  anonymous: 'nothing',
  scheme: hmac({
    header: 'x-doppler-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  type: { payload: 'type' },
});
