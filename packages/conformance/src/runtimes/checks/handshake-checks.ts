import { createReceiver, type Provider, type Receiver } from '@countersign/core';
import { asana } from '@countersign/providers/asana';
import { discord } from '@countersign/providers/discord';
import { meta } from '@countersign/providers/meta';
import { microsoftGraph } from '@countersign/providers/microsoft-graph';
import { slack } from '@countersign/providers/slack';
import { zoom } from '@countersign/providers/zoom';
import { sign, toRequest } from '@countersign/testing';
import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';
import { keyPair } from './key-pair.ts';

const secret = 'a-secret-token-A7pQ';
const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';
const URL = 'https://receiver.test/hooks';

interface Handshake {
  readonly provider: Provider;
  question(provider: Provider): Request | Promise<Request>;
  /** Status, type, body, and the header that proves something. */
  answer(): unknown;
}

/** WebCrypto's own HMAC: nothing of it is ours. */
async function mac(text: string): Promise<string> {
  const utf8 = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['sign']);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const signed =
  (payload: unknown, options = {}) =>
  async (provider: Provider): Promise<Request> =>
    toRequest(await sign(provider, { body: JSON.stringify(payload), url: URL }, options));

/** One of each kind: asked in the query, in the payload, in a header; answered in words, or by a signature. */
const handshakes: Readonly<Record<string, Handshake>> = {
  'meta, by GET': {
    provider: meta({ secret, verifyToken: 'let-me-in-7' }),
    question: () =>
      new Request(`${URL}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=let-me-in-7`),
    answer: () => [200, TEXT, '1158201444', null],
  },
  'microsoft-graph, by POST': {
    provider: microsoftGraph({ secret }),
    question: () => new Request(`${URL}?validationToken=a%20b%3Cc%3E`, { method: 'POST' }),
    answer: () => [200, TEXT, 'a b<c>', null],
  },
  'slack, signed, in the payload': {
    provider: slack({ secret }),
    question: signed({ type: 'url_verification', challenge: '3eZbrw1aBm2r' }),
    answer: () => [200, JSON_TYPE, '{"challenge":"3eZbrw1aBm2r"}', null],
  },
  'zoom, answered by a signature': {
    provider: zoom({ secret }),
    question: signed({ event: 'endpoint.url_validation', payload: { plainToken: 'qgg8vlvZ' } }),
    answer: async () => [
      200,
      JSON_TYPE,
      JSON.stringify({ plainToken: 'qgg8vlvZ', encryptedToken: await mac('qgg8vlvZ') }),
      null,
    ],
  },
  'discord, under a public key': {
    provider: discord({ publicKey: keyPair.publicKey }),
    question: signed({ id: '1', application_id: '1', type: 1 }, { privateKey: keyPair.privateKey }),
    answer: () => [200, JSON_TYPE, '{"type":1}', null],
  },
  'asana, in a header': {
    provider: asana({ secret: () => undefined, isPending: () => true, onSecret: () => {} }),
    question: () => new Request(URL, { method: 'POST', headers: { 'x-hook-secret': secret }, body: '{}' }),
    answer: () => [200, null, '', secret],
  },
};

/** Questions that senders ask of a new address, answered before any event is. */
export const handshakeChecks: readonly Check[] = Object.entries(handshakes).map(
  ([name, { provider, question, answer }]) => ({
    name: `the handshake of ${name}`,
    async run() {
      const handled: unknown[] = [];
      const on = { '*': (event: unknown) => void handled.push(event) };
      const receiver = createReceiver(provider, { logger: false, on } as never) as unknown as Receiver;
      const response = await receiver.fetch(await question(provider));
      const { status, headers } = response;
      const given = [
        status,
        headers.get('content-type'),
        await response.text(),
        headers.get('x-hook-secret'),
      ];
      assertSame(given, await answer(), 'the answer');
      assertSame(headers.get('x-content-type-options'), 'nosniff', 'X-Content-Type-Options');
      assertSame(handled, [], 'events handled');
    },
  }),
);
