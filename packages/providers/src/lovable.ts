import { hmac, type ProviderFactory } from '@countersign/core';
import { headerTime, secondsOrMs } from './schemes/header-time.ts';

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Its own verifier takes seconds, milliseconds and ISO 8601 alike; which is sent is not said. */
function timeOf(text: string): number | undefined {
  const date = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? secondsOrMs(text) : date;
}

/**
 * Lovable. `secret` is the webhook's secret. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://docs.lovable.dev/
 */
export const lovable: ProviderFactory<'secret'> = headerTime({
  name: 'lovable',
  // Built from the package @lovable.dev/webhooks-js 0.0.2: no page describes the signature.
  docs: { url: 'https://docs.lovable.dev/', read: '2026-11-22' },
  status: 'proven',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'x-lovable-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { header: 'x-lovable-timestamp', read: timeOf },
  type: { payload: 'type' },
});
