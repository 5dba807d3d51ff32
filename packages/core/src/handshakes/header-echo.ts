import { challengeText, type Handshake, type HandshakeInput } from '../handshake.ts';
import { emptyResponse, type WebhookResponse } from '../http.ts';
import type { MaybePromise } from '../maybe-promise.ts';

/** A handshake whose challenge stands in a header. */
export interface HeaderEcho {
  readonly name: string;
  /** Default: POST. */
  readonly method?: string;
  /** The header whose presence makes it this handshake. */
  readonly header: string;
  /** The answer. Default: an empty 200 with the same header. */
  readonly respond?: (value: string, input: HandshakeInput) => MaybePromise<WebhookResponse>;
}

/**
 * Okta, RingCentral, Smartsheet and others: a request whose header is sent back.
 *
 * @example
 * ```ts
 * headerEcho({ name: 'verification', method: 'GET', header: 'x-acme-challenge' });
 * ```
 */
export function headerEcho({ name, method = 'POST', header, respond }: HeaderEcho): Handshake {
  return {
    name,
    stage: 'request',
    methods: [method],
    answer(input) {
      const sent = input.request.method === method ? input.request.headers.get(header) : null;
      if (sent === null) return undefined;
      const value = challengeText(sent);
      return respond ? respond(value, input) : emptyResponse(200, { [header]: value });
    },
  };
}
