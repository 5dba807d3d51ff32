import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Airwallex. `secret` is that of the notification URL. Answers 200 and nothing else, as Airwallex wants it. The type is
 * the event's name: `payment_intent.succeeded`.
 *
 * @see https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events
 */
export const airwallex: ProviderFactory<'secret'> = defineProvider({
  name: 'airwallex',
  docs: {
    url: 'https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', 'body'],
  }),
  timestamp: { header: 'x-timestamp', unit: 'ms' },
  id: { payload: 'id' },
  type: { payload: 'name' },
  horizon: 259_200,
  reactions: {
    '200': 'done',
    '2xx': 'retry',
    '3xx': 'retry',
    '4xx': 'retry',
    '5xx': 'retry',
    timeout: 'retry',
  },
});
