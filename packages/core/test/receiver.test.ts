import { describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  hmac,
  PermanentError,
  type ProviderRecord,
  type WebhookRequest,
} from '../src/index.ts';
import { delivery, macOf, request, SECRET } from './support/acme.ts';
import { fails, fetched, type Options, receiverOf, settings, unauthorized } from './support/receiver.ts';

const GUARDS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const JSON_HEADERS = { 'content-type': 'application/json', ...GUARDS };

const hanging: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
};
const broken: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('reset')) }),
};

describe('an outcome and its answer', () => {
  it.each<[string, Options, () => WebhookRequest, 'rejected' | 'failed', number, string]>([
    ...unauthorized.map(
      ([code, sent]): [string, Options, () => WebhookRequest, 'rejected', number, string] => [
        code,
        {},
        sent,
        'rejected',
        401,
        'signature_invalid',
      ],
    ),
    [
      'ERR_WEBHOOK_PAYLOAD_INVALID',
      {},
      () => delivery({}, { body: '{' }),
      'rejected',
      400,
      'payload_invalid',
    ],
    ['ERR_WEBHOOK_METHOD', {}, () => delivery({}, { method: 'GET' }), 'rejected', 405, 'method_not_allowed'],
    [
      'ERR_WEBHOOK_METHOD',
      {},
      () => delivery({}, { method: 'OPTIONS' }),
      'rejected',
      405,
      'method_not_allowed',
    ],
    ['ERR_WEBHOOK_METHOD', {}, () => delivery({}, { method: 'post' }), 'rejected', 405, 'method_not_allowed'],
    [
      'ERR_WEBHOOK_BODY_TOO_LARGE',
      {},
      () => delivery({}, { body: ' '.repeat(1025) }),
      'rejected',
      413,
      'body_too_large',
    ],
    [
      'ERR_WEBHOOK_BODY_ENCODING',
      {},
      () => delivery({}, { headers: { 'content-encoding': 'gzip' } }),
      'rejected',
      415,
      'encoding_unsupported',
    ],
    [
      'ERR_WEBHOOK_BODY_TIMEOUT',
      { timeout: 30 },
      () => request({ body: hanging }),
      'rejected',
      408,
      'body_timeout',
    ],
    ['ERR_WEBHOOK_BODY_ABORTED', {}, () => request({ body: broken }), 'rejected', 408, 'body_timeout'],
    [
      'ERR_WEBHOOK_BODY_CONSUMED',
      {},
      () => ({ ...delivery(), bodyUsed: true }),
      'failed',
      500,
      'misconfigured',
    ],
    ['ERR_WEBHOOK_INTERNAL', { dedupKey: fails('no') }, () => delivery(), 'failed', 500, 'misconfigured'],
    [
      'ERR_WEBHOOK_HANDLER_FAILED',
      { on: { ping: fails(new Error('no')) } },
      () => delivery(),
      'failed',
      500,
      'handler_failed',
    ],
    [
      'ERR_WEBHOOK_HANDLER_FAILED',
      { on: { ping: async () => Promise.reject(null) } },
      () => delivery(),
      'failed',
      500,
      'handler_failed',
    ],
    [
      'ERR_WEBHOOK_HANDLER_FAILED',
      { on: { '*': fails(undefined) } },
      () => delivery(),
      'failed',
      500,
      'handler_failed',
    ],
  ])('%s', async (code, options, sent, kind, status, word) => {
    const outcome = await receiverOf(options).receive(sent());
    expect(outcome).toMatchObject({ kind, code, error: { code, status, answer: word } });
    const allow = status === 405 ? { allow: 'POST' } : {};
    const response = await receiverOf(options).handle(sent());
    expect(response).toEqual({ status, headers: { ...JSON_HEADERS, ...allow }, body: `{"error":"${word}"}` });
    expect(response.body.length).toBeLessThan(200);
  });

  it('is the same, byte for byte, for everything that a forger may try', async () => {
    const receiver = receiverOf();
    const answers = new Set<string>();
    for (const [code, sent] of unauthorized) {
      expect(await receiver.receive(sent())).toMatchObject({ code });
      const response = await receiver.fetch(fetched(sent()));
      answers.add(JSON.stringify([response.status, [...response.headers], await response.text()]));
    }
    expect(unauthorized).toHaveLength(9);
    expect(answers.size).toBe(1);
  });

  it.each<[string, Options, unknown, boolean]>([
    ['handled', { on: { ping: () => {} } }, { type: 'ping' }, true],
    ['handled by the rest', { on: { '*': () => {} } }, { type: 'ping' }, true],
    ['of an unknown type', { on: { ping: () => {} } }, { type: 'ping.v2' }, false],
    ['without a type', { on: { ping: () => {} } }, {}, false],
    ['of no handlers at all', {}, { type: 'ping' }, false],
    ['without a store', { store: false, on: { ping: () => {} } }, { type: 'ping' }, true],
  ])('is 200 for an event %s', async (_, options, payload, handled) => {
    const outcome = await receiverOf(options).receive(delivery(payload));
    expect(outcome).toMatchObject({ kind: 'accepted', handled, reply: undefined, event: { payload } });
    const response = await receiverOf(options).handle(delivery(payload));
    expect(response).toEqual({ status: 200, headers: JSON_HEADERS, body: '{"received":true}' });
  });

  it('is 200 for an event given up for good', async () => {
    const receiver = receiverOf({ on: { ping: fails(new PermanentError('no such order')) } });
    const outcome = await receiver.receive(delivery());
    expect(outcome).toMatchObject({ kind: 'failed', code: 'ERR_WEBHOOK_PERMANENT', event: { type: 'ping' } });
    expect(await receiver.handle(delivery())).toEqual({
      status: 200,
      headers: JSON_HEADERS,
      body: '{"received":true}',
    });
  });

  it('is what the record says for one that is accepted', async () => {
    const answerOf = async (acknowledge: ProviderRecord<'secret'>['acknowledge'] & {}) => {
      const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
      const receiver = createReceiver(
        defineProvider({ name: 'own', scheme, acknowledge })({ secret: SECRET }),
        settings,
      );
      return receiver.handle(
        request({ body: '{}', headers: { 'x-signature': macOf('sha256', SECRET, '{}').toString('hex') } }),
      );
    };
    expect(await answerOf({ status: 204 })).toEqual({ status: 204, headers: GUARDS, body: '' });
    expect(await answerOf({ status: 202, body: 'OK' })).toMatchObject({
      status: 202,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'OK',
    });
    expect(await answerOf({ status: 200, body: '<Response/>', contentType: 'text/xml' })).toEqual({
      status: 200,
      headers: { 'content-type': 'text/xml', ...GUARDS },
      body: '<Response/>',
    });
  });
});
