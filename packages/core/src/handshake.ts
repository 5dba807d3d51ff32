import type { Chunk } from './bytes.ts';
import { WebhookError } from './errors.ts';
import type { WebhookRequest, WebhookResponse } from './http.ts';
import type { MaybePromise } from './maybe-promise.ts';

/**
 * A request by which a provider checks an endpoint. It is answered by the receiver, is never an event, and never
 * reaches a handler.
 */
export interface Handshake {
  readonly name: string;
  /**
   * When it is looked for: `request`: before the body is read (unsigned, by query or header); `body`: before the
   * signature is checked (unsigned, and so only for answers that give nothing away); `event`: after it held.
   */
  readonly stage: 'request' | 'body' | 'event';
  readonly methods: readonly string[];
  /** `undefined`: this request is something else. */
  answer(input: HandshakeInput): MaybePromise<WebhookResponse | undefined>;
}

/** What a handshake may look at, and sign with. */
export interface HandshakeInput {
  readonly request: WebhookRequest;
  /** Empty at stage `request`. */
  readonly body: Uint8Array;
  /** Parsed and verified, at stage `event`. */
  readonly payload: unknown;
  /** Signs with the provider's own key, for challenges that want a proof: the key that matched, or the first. */
  sign(content: readonly Chunk[]): Promise<Uint8Array>;
}

/** What may be echoed to a stranger: printable, and short. */
const ECHO = /^[\x20-\x7e]{1,1024}$/;

/** The error by which a handshake is refused: 403, `ERR_WEBHOOK_HANDSHAKE_REFUSED`. */
export const handshakeRefused = (message: string): WebhookError =>
  new WebhookError('ERR_WEBHOOK_HANDSHAKE_REFUSED', message);

/** An echo, or a refusal to echo what no provider sends. */
export function challengeText(challenge: unknown): string {
  if (typeof challenge === 'string' && ECHO.test(challenge)) return challenge;
  throw handshakeRefused('the challenge is missing, too long, or not plain text');
}
