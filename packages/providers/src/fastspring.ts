import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * FastSpring. `secret` is the HMAC SHA256 secret of the webhook; without one nothing is signed. A delivery is
 * a batch without a type: handle it under `'*'`, and each of `payload.events` with `context.once(event.id,
 * …)`, as an attempt bears what is still open.
 *
 * @see https://developer.fastspring.com/docs/message-security
 */
export const fastspring: ProviderFactory<'secret'> = defineProvider({
  name: 'fastspring',
  docs: { url: 'https://developer.fastspring.com/docs/message-security', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-fs-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
});
