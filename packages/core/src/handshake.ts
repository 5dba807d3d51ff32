import { crypto } from '#crypto';
import { utf8 } from './bytes.ts';
import { WebhookError } from './errors.ts';
import { textResponse, type WebhookRequest, type WebhookResponse } from './http.ts';
import { readPath } from './path.ts';
import { decodeSecret } from './secret.ts';
import { readQuery } from './source.ts';

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
  answer(input: HandshakeInput): WebhookResponse | undefined;
}

export interface HandshakeInput {
  readonly request: WebhookRequest;
  /** Empty at stage `request`. */
  readonly body: Uint8Array;
  /** Parsed and verified, at stage `event`. */
  readonly payload: unknown;
}

/** What may be echoed to a stranger: printable, and short. */
const ECHO = /^[\x20-\x7e]{1,1024}$/;

const refused = (message: string): WebhookError => new WebhookError('ERR_WEBHOOK_HANDSHAKE_REFUSED', message);

/** An echo, or a refusal to echo what no provider sends. */
export function challengeText(challenge: unknown): string {
  if (typeof challenge === 'string' && ECHO.test(challenge)) return challenge;
  throw refused('the challenge is missing, too long, or not plain text');
}

export interface QueryEcho {
  readonly name: string;
  readonly method?: string;
  /** Query parameters that make it this handshake. */
  readonly when: Readonly<Record<string, string>>;
  /** A parameter that must equal a token of yours, before anything is echoed. */
  readonly token?: { readonly parameter: string; readonly equals: string };
  /** The parameter that is echoed as plain text. */
  readonly challenge: string;
}

/** Meta, WebSub, Dropbox and others: a GET whose challenge is sent back. */
export function queryEcho({ name, method = 'GET', when, token, challenge }: QueryEcho): Handshake {
  const expected = Object.entries(when);
  const secret = token && decodeSecret({ encoding: 'utf8' }, token.equals, token.parameter);
  return {
    name,
    stage: 'request',
    methods: [method],
    answer({ request }) {
      if (request.method !== method) return undefined;
      if (!expected.every(([parameter, value]) => readQuery(request, parameter) === value)) return undefined;
      if (token && secret && !crypto.equal(secret, utf8(readQuery(request, token.parameter) ?? ''))) {
        throw refused(`${token.parameter} is not the token configured here`);
      }
      return textResponse(challengeText(readQuery(request, challenge)));
    },
  };
}

/** A signed delivery that is a question: asked of `respond` when `path` of its payload equals `value`. */
export const payloadHandshake = (
  name: string,
  path: string,
  value: string | number,
  respond: (payload: unknown) => WebhookResponse | undefined,
): Handshake => {
  const keys = path.split('.');
  return {
    name,
    stage: 'event',
    methods: ['POST'],
    answer: ({ payload }) => (readPath(payload, keys) === value ? respond(payload) : undefined),
  };
};
