import { defineProvider, type ProviderFactory, token } from '@countersign/core';
import { type CloudEvent, cloudEvents } from './payloads/cloud-events.ts';
import { abuseProtection } from './schemes/abuse-protection.ts';

export type { CloudEvent } from './payloads/cloud-events.ts';

/** Options of {@link cloudevents}. */
export interface CloudeventsOptions {
  /** Senders that may deliver here, as they name themselves in `WebHook-Request-Origin`; `*`: any. Default: none. */
  readonly allowedOrigins?: '*' | readonly string[];
  /** Deliveries a minute that a sender which asks is granted. Default: any number. */
  readonly allowedRate?: number;
}

/**
 * CloudEvents 1.0 over HTTP: binary, structured and batched. `secret` is the bearer token, in `Authorization` or as
 * `access_token` in the query: it proves the sender and covers nothing of the event; for more, let the sender sign
 * (`http-message-signatures`). An event is one of a kind by its `source` and `id` together. The payload is the
 * CloudEvent; of a batch it is the list, with no type of its own, whose items `context.once` tells apart.
 *
 * @see https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md
 * @see https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md
 */
export const cloudevents: ProviderFactory<
  'secret',
  Record<string, CloudEvent>,
  CloudeventsOptions
> = defineProvider({
  name: 'cloudevents',
  docs: {
    url: 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: [token({ header: 'authorization', prefix: 'Bearer ' }), token({ query: 'access_token' })],
  timestamp: { payload: 'time', unit: 'rfc3339' },
  id: { every: [{ payload: 'source' }, { payload: 'id' }] },
  type: { payload: 'type' },
  payload: cloudEvents,
  handshakes: ({ allowedOrigins = [], allowedRate }: CloudeventsOptions) => [
    abuseProtection({ allowedOrigins, allowedRate }),
  ],
  reactions: { '2xx': 'done', '410': 'disable', '429': 'retry', '5xx': 'retry' },
});
