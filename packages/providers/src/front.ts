import { challengeText, hmac, jsonResponse, type ProviderFactory, payloadHandshake } from '@countersign/core';
import { headerTime, secondsOrMs } from './schemes/header-time.ts';

/** Sent, and signed, when the address is saved; what is to come back stands in a header. */
const sync = payloadHandshake('sync', 'type', 'sync', (_, { request }) => {
  const challenge = request.headers.get('x-front-challenge');
  return challenge === null ? undefined : jsonResponse({ challenge: challengeText(challenge) });
});

/**
 * Front's application webhooks. `secret` is the app's signing key. Answers the validation of the address. Rule
 * webhooks are signed otherwise and are not understood here. The time is in milliseconds; seconds, which the
 * documentation leaves open, are understood too.
 *
 * @see https://dev.frontapp.com/docs/application-webhooks
 */
export const front: ProviderFactory<'secret'> = headerTime({
  name: 'front',
  docs: { url: 'https://dev.frontapp.com/docs/application-webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-front-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['timestamp', { text: ':' }, 'body'],
  }),
  timestamp: { header: 'x-front-request-timestamp', read: secondsOrMs },
  id: { every: [{ payload: 'type' }, { payload: 'payload.id' }] },
  type: { payload: 'type' },
  handshakes: [sync],
});
