import { hmac, type ProviderFactory, type Scheme } from '@countersign/core';
import { headerTime } from './schemes/header-time.ts';

const HEADER = 'klaviyo-timestamp';

/** A date of HTTP (RFC 9110 section 5.6.7), to the letter: what it means is written in one way. */
function httpDate(text: string): number | undefined {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toUTCString() === text ? date.getTime() : undefined;
}

const mac: Scheme<'secret'> = {
  ...hmac({
    header: 'klaviyo-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body', 'timestamp'],
  }),
  prepare(draft) {
    const { [HEADER]: sent = '' } = draft.headers;
    return { ...draft, headers: { ...draft.headers, [HEADER]: new Date(Number(sent)).toUTCString() } };
  },
};

/**
 * Klaviyo's system webhooks. `secret` is the one that you gave when you created the webhook. The `webhook` action of a
 * flow is not signed. A delivery is a batch without an id or a type: handle it under `'*'`, each event of `data` under
 * its `external_id` (`ctx.once`).
 *
 * @see https://developers.klaviyo.com/en/docs/working_with_system_webhooks
 */
export const klaviyo: ProviderFactory<'secret'> = headerTime({
  name: 'klaviyo',
  docs: { url: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks', read: '2026-11-22' },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: mac,
  timestamp: { header: HEADER, read: httpDate },
});
