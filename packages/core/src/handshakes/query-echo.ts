import { crypto } from '#crypto';
import { utf8 } from '../bytes.ts';
import { challengeText, type Handshake, type HandshakeInput, handshakeRefused } from '../handshake.ts';
import { textResponse, type WebhookResponse } from '../http.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import { decodeSecret } from '../secret.ts';
import { readQuery } from '../source.ts';

/** A handshake whose challenge stands in the query. */
export interface QueryEcho {
  readonly name: string;
  /** Default: GET. */
  readonly method?: string;
  /** Query parameters that make it this handshake; without any, the challenge does. */
  readonly when?: Readonly<Record<string, string>>;
  /** A parameter that must equal a token of yours, before anything is echoed. */
  readonly token?: { readonly parameter: string; readonly equals: string };
  /** The parameter that is echoed. */
  readonly challenge: string;
  /** The answer. Default: the challenge as plain text. */
  readonly respond?: (challenge: string, input: HandshakeInput) => MaybePromise<WebhookResponse>;
}

/**
 * Meta, WebSub, Dropbox and others: a request whose challenge, in the query, is sent back.
 *
 * @example
 * ```ts
 * queryEcho({
 *   name: 'verification',
 *   when: { 'hub.mode': 'subscribe' },
 *   token: { parameter: 'hub.verify_token', equals: 'a-token-of-yours' },
 *   challenge: 'hub.challenge',
 * });
 * ```
 */
export function queryEcho(options: QueryEcho): Handshake {
  const { name, method = 'GET', when = {}, token, challenge, respond } = options;
  const expected = Object.entries(when);
  const secret = token && decodeSecret({ encoding: 'utf8' }, token.equals, token.parameter);
  return {
    name,
    stage: 'request',
    methods: [method],
    answer(input) {
      const { request } = input;
      if (request.method !== method) return undefined;
      if (!expected.every(([parameter, value]) => readQuery(request, parameter) === value)) return undefined;
      const sent = readQuery(request, challenge);
      if (expected.length === 0 && sent === undefined) return undefined;
      if (token && secret && !crypto.equal(secret, utf8(readQuery(request, token.parameter) ?? ''))) {
        throw handshakeRefused(`${token.parameter} is not the token configured here`);
      }
      const text = challengeText(sent);
      return respond ? respond(text, input) : textResponse(text);
    },
  };
}
