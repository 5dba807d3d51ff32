import type { Handshake, HandshakeInput } from '../handshake.ts';
import type { WebhookResponse } from '../http.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import { readPath } from '../path.ts';

/**
 * A signed delivery that is a question: asked of `respond` when `path` of its payload equals `value`.
 *
 * @example
 * ```ts
 * payloadHandshake('ping', 'type', 'ping', () => jsonResponse({ pong: true }));
 * ```
 */
export const payloadHandshake = (
  name: string,
  path: string,
  value: string | number,
  respond: (payload: unknown, input: HandshakeInput) => MaybePromise<WebhookResponse | undefined>,
): Handshake => {
  const keys = path.split('.');
  return {
    name,
    stage: 'event',
    methods: ['POST'],
    answer: (input) => (readPath(input.payload, keys) === value ? respond(input.payload, input) : undefined),
  };
};
