import { hmac, json, type Scheme, type StandardSchemaV1, type WebhookRequest } from '@countersign/core';
import { canaries, NOW, record } from '../delivery.ts';
import type { Setup } from '../setup.ts';
import type { Strike } from '../strike.ts';
import { checking, type Part } from './part.ts';

const own = record.scheme as Scheme<'secret'>;

/** The receiver's own scheme, which an application may as well have written. */
const scheme = (change: Partial<Scheme<'secret'>>): Setup => ({ record: { scheme: { ...own, ...change } } });

/** Signs a field that is never there, for which the payload is parsed before it is verified. */
const looking = hmac({
  header: 'x-signature',
  hash: 'sha256',
  encoding: 'hex',
  content: [...own.covers, { payload: 'nothing' }],
});

const handshake = (stage: 'request' | 'body' | 'event', strike: Strike): Setup => ({
  record: { handshakes: [{ name: 'ping', stage, methods: ['POST'], answer: strike(() => undefined) }] },
});

const schema = (validate: StandardSchemaV1['~standard']['validate']): Setup => ({
  options: { schemas: { ping: { '~standard': { version: 1, vendor: 'faults', validate } } } },
});

/** `verify` asks for no key. */
const unverified = ['receive', 'handle', 'fetch', 'open'] as const;

export const checkingParts: readonly Part[] = checking([
  { name: 'the clock', install: (strike) => ({ options: { now: strike(() => NOW, 1) } }) },
  {
    name: 'the secret resolver',
    install: (strike) => ({ factory: { secret: strike(() => canaries.secret) } }),
  },
  {
    name: 'a scheme of your own: its content',
    install: (strike) =>
      scheme({
        content: strike(({ timestamp, url, body }) => [timestamp ?? '', '.', url, '.', body]),
      }),
  },
  {
    name: 'a scheme of your own: its key',
    install: (strike) =>
      scheme({
        key: (secret) => {
          const key = own.key(secret);
          return { verify: strike((...input) => key.verify(...input)) };
        },
      }),
  },
  { name: 'publicUrl', install: (strike) => ({ factory: { publicUrl: strike(({ url }) => url) } }) },
  {
    name: 'the payload parser',
    install: (strike) => ({ record: { payload: { name: 'other', parse: strike(json.parse) } } }),
  },
  {
    name: 'the payload parser, before the signature',
    install: (strike) => ({
      record: { scheme: looking, payload: { name: 'other', parse: strike(json.parse, 1) } },
    }),
  },
  {
    name: 'the body decoder',
    install: (strike) => ({
      record: { decoder: strike(async (body) => body) },
      request(request) {
        (request.headers as Headers).set('content-encoding', 'own');
        return request;
      },
    }),
  },
  { name: 'a handshake, by the request', install: (strike) => handshake('request', strike) },
  { name: 'a handshake, by the body', install: (strike) => handshake('body', strike) },
  { name: 'a handshake, by the event', install: (strike) => handshake('event', strike) },
  { name: 'a schema', install: (strike) => schema(strike((value) => ({ value }))) },
  {
    name: 'dedupKey',
    ways: unverified,
    install: (strike) => ({ options: { dedupKey: strike(({ id }) => id) } }),
  },
  { name: 'tenant', ways: unverified, install: (strike) => ({ options: { tenant: strike(() => '') } }) },
]);

/** Fetch has its own requests, in which nothing fails. */
const structural = ['receive', 'handle', 'open', 'verify'] as const;

const SYNCHRONOUS = ['throws', 'answers'] as const;

/** What a framework hands over. */
export const requestParts: readonly Part[] = checking([
  {
    name: 'the headers of the request',
    ways: structural,
    kinds: SYNCHRONOUS,
    install: (strike) => ({
      request(request) {
        const { headers } = request;
        return { ...request, headers: { get: strike((name: string) => headers.get(name)) } };
      },
    }),
  },
  ...(['method', 'url', 'body'] as const).map((name) => ({
    name: `the ${name} of the request`,
    ways: structural,
    kinds: SYNCHRONOUS,
    install: (strike: Strike) => ({
      request: (request: WebhookRequest) =>
        Object.defineProperty({ ...request }, name, { get: strike(() => request[name]) }),
    }),
  })),
  {
    name: 'the body while it is read',
    ways: structural,
    install: (strike) => ({
      request(request) {
        const chunks = [request.body];
        const next = async () => {
          const value = chunks.shift();
          return value ? { done: false, value } : { done: true, value: undefined };
        };
        const body = { [Symbol.asyncIterator]: () => ({ next: strike(next, 2) }) };
        return { ...request, body: body as unknown as AsyncIterable<Uint8Array> };
      },
    }),
  },
]);
