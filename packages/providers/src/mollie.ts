import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { MollieEvents } from './events/mollie-events.ts';

export type * from './events/mollie-events.ts';

/**
 * Mollie, next-generation webhooks. `secret` is the signing secret; while it is changed, the header is sent
 * once for the new and once for the old. Classic webhooks (a form with an `id` and nothing else) are not
 * signed, and are refused here: they prove nothing, so fetch what they name from the API before you believe
 * anything of it.
 *
 * @see https://docs.mollie.com/reference/webhooks-new
 */
export const mollie: ProviderFactory<'secret', MollieEvents> = defineProvider({
  name: 'mollie',
  docs: { url: 'https://docs.mollie.com/reference/webhooks-new', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-mollie-signature',
    // As every runtime joins a header that is repeated; each of its values is `sha256=` and hex.
    pairs: { separator: ', ', signature: 'sha256' },
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: { live_: 'an API key, not a signing secret', test_: 'an API key, not a signing secret' },
    },
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
});
