import { emptyResponse, type Handshake, hmac, type ProviderFactory } from '@countersign/core';
import { headerTime, secondsOrMs } from './schemes/header-time.ts';

/** Sent while a webhook is created, when its secret may not be known yet; it must be answered with 200. */
const test: Handshake = {
  name: 'test',
  stage: 'body',
  methods: ['POST'],
  answer({ body }) {
    if (body.length > 64) return undefined;
    return /^\s*\{\s*"test"\s*:\s*"test"\s*\}\s*$/.test(new TextDecoder().decode(body))
      ? emptyResponse(200)
      : undefined;
  },
};

/**
 * Daily. `secret` is the webhook's `hmac`, in base64. Answers the test that precedes creating a webhook.
 *
 * @see https://docs.daily.co/reference/rest-api/webhooks
 */
export const daily: ProviderFactory<'secret'> = headerTime({
  name: 'daily',
  docs: { url: 'https://docs.daily.co/reference/rest-api/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-webhook-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['timestamp', { text: '.' }, 'body'],
    secret: { encoding: 'base64' },
  }),
  // The unit is unconfirmed.
  timestamp: { header: 'x-webhook-timestamp', read: secondsOrMs },
  id: { payload: 'id' },
  type: { payload: 'type' },
  handshakes: [test],
});
