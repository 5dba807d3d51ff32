import { defineProvider, emptyResponse, headerEcho, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Smartsheet. `secret` is the `sharedSecret` of the webhook. Answers the challenge by which a webhook is enabled, and
 * which comes again every hundred callbacks. There is no id and no type: equal bodies are one delivery (each bears a
 * nonce), and its `events` are yours to run one by one.
 *
 * @see https://developers.smartsheet.com/api/smartsheet/guides/webhooks/webhook-callbacks
 */
export const smartsheet: ProviderFactory<'secret'> = defineProvider({
  name: 'smartsheet',
  docs: {
    url: 'https://developers.smartsheet.com/api/smartsheet/guides/webhooks/webhook-callbacks',
    read: '2026-11-22',
  },
  status: 'documented',
  // That it is written as hexadecimal is unconfirmed.
  scheme: hmac({ header: 'smartsheet-hmac-sha256', hash: 'sha256', encoding: 'hex', content: ['body'] }),
  handshakes: [
    headerEcho({
      name: 'hook challenge',
      header: 'smartsheet-hook-challenge',
      respond: (value) => emptyResponse(200, { 'smartsheet-hook-response': value }),
    }),
  ],
});
