import { describe, expect, it } from 'vitest';
import { cloudevents } from '../src/cloudevents.ts';
import { judge, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-bearer-token-of-the-tests';
const authorization = `Bearer ${secret}`;
const receiver = verifierOf(cloudevents({ secret }));

const attributes = {
  'ce-specversion': '1.0',
  'ce-type': 'com.example.someevent',
  'ce-source': '/mycontext',
  'ce-id': 'A234',
};

const binary = (headers: Record<string, string> = {}, body: string | Uint8Array = '{"a":1}') =>
  judge(
    receiver,
    request({
      headers: { authorization, 'content-type': 'application/json', ...attributes, ...headers },
      body,
    }),
  );

describe('binary mode', () => {
  it('takes the event out of headers and body', async () => {
    const { event } = await binary({
      'ce-time': '2018-04-05T17:31:00Z',
      'ce-subject': 'sub',
      'ce-dataschema': 'https://example.com/schema',
    });
    expect(event).toMatchObject({
      id: '["/mycontext","A234"]',
      type: 'com.example.someevent',
      timestamp: new Date('2018-04-05T17:31:00Z'),
      signed: { id: false, type: false, timestamp: false },
      payload: {
        specversion: '1.0',
        id: 'A234',
        source: '/mycontext',
        type: 'com.example.someevent',
        time: '2018-04-05T17:31:00Z',
        subject: 'sub',
        dataschema: 'https://example.com/schema',
        datacontenttype: 'application/json',
        data: { a: 1 },
      },
    });
  });

  it.each([
    ['escapes, in either case', 'Euro%20%E2%82%AC%20%f0%9f%98%80', 'Euro € 😀'],
    ['quotes', '"a \\"quoted\\" \\\\ value"', 'a "quoted" \\ value'],
    ['one round of escapes', '%2541', '%41'],
    ['escapes inside of quotes', '"%E2%82%AC"', '€'],
  ])('undoes %s', async (_, sent, read) => {
    expect((await binary({ 'ce-source': sent })).event?.payload).toMatchObject({ source: read });
  });

  it.each([
    ['an escape that is no UTF-8', { 'ce-source': '%C0%A0' }],
    ['half of an escape', { 'ce-source': '%C' }],
    ['another version', { 'ce-specversion': '0.3' }],
    ['an empty id', { 'ce-id': '' }],
  ])('refuses %s', async (_, headers) => {
    expect(await binary(headers)).toEqual({ code: 'ERR_WEBHOOK_PAYLOAD_INVALID' });
  });

  it.each(Object.keys(attributes))('refuses an event without %s', async (name) => {
    const { [name as keyof typeof attributes]: _, ...rest } = attributes;
    const headers = { authorization, 'content-type': 'application/json', ...rest };
    expect(await judge(receiver, request({ headers, body: '{}' }))).toEqual({
      code: 'ERR_WEBHOOK_PAYLOAD_INVALID',
    });
  });

  it('refuses JSON that is not UTF-8, and leaves other data as bytes', async () => {
    const bytes = new Uint8Array([0x22, 0xff, 0x22]);
    expect(await binary({}, bytes)).toEqual({ code: 'ERR_WEBHOOK_PAYLOAD_INVALID' });
    const { event } = await binary({ 'content-type': 'image/png' }, bytes);
    expect(event?.payload).toMatchObject({ datacontenttype: 'image/png', data: bytes });
    expect((await binary({ 'content-type': 'application/vnd.a+json' })).event?.payload).toMatchObject({
      data: { a: 1 },
    });
    expect((await binary({}, '')).event?.payload).not.toHaveProperty('data');
  });
});

describe('structured and batched', () => {
  const event = { specversion: '1.0', id: 'A', source: '/s', type: 't', data: { a: 1 } };
  const send = (type: string, payload: unknown, headers: Record<string, string> = {}) =>
    judge(
      receiver,
      request({
        headers: { authorization, 'content-type': type, ...headers },
        body: JSON.stringify(payload),
      }),
    );

  it('takes the event out of the body, whatever the headers say', async () => {
    const { event: got } = await send('Application/CloudEvents+json; charset=UTF-8', event, attributes);
    expect(got).toMatchObject({ id: '["/s","A"]', type: 't', payload: event });
  });

  it('makes one list of a batch, with an id for none of it', async () => {
    const { event: got } = await send('application/cloudevents-batch+json', [event, { ...event, id: 'B' }]);
    expect(got).toMatchObject({ id: undefined, type: '', payload: [event, { ...event, id: 'B' }] });
  });

  it.each([
    ['an event in a batch that is none', 'application/cloudevents-batch+json', [event, { ...event, id: 1 }]],
    ['a batch that is no list', 'application/cloudevents-batch+json', event],
    ['a list that is no batch', 'application/cloudevents+json', [event]],
    ['null', 'application/cloudevents+json', null],
    ['an event without a type', 'application/cloudevents+json', { ...event, type: '' }],
    ['an event of another version', 'application/cloudevents+json', { ...event, specversion: 1.0 }],
  ])('refuses %s', async (_, type, payload) => {
    expect(await send(type, payload)).toEqual({ code: 'ERR_WEBHOOK_PAYLOAD_INVALID' });
  });
});

describe('the token', () => {
  const body = JSON.stringify({ specversion: '1.0', id: 'A', source: '/s', type: 't' });
  const verdict = (headers: Record<string, string>, url = '/hook') =>
    verdictOf(
      receiver,
      request({ headers: { 'content-type': 'application/cloudevents+json', ...headers }, url, body }),
    );

  it.each([
    ['in the header', { authorization }, '/hook', 'accepted'],
    ['in the query', {}, `/hook?access_token=${secret}`, 'accepted'],
    ['nowhere', {}, '/hook', 'ERR_WEBHOOK_SIGNATURE_MISSING'],
    ['wrong, in the header', { authorization: 'Bearer x' }, '/hook', 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['wrong, in the query', {}, '/hook?access_token=x', 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    [
      'wrong in the header and right in the query',
      { authorization: 'Bearer x' },
      `/hook?access_token=${secret}`,
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['of another kind', { authorization: `Basic ${secret}` }, '/hook', 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ])('%s', async (_, headers, url, expected) => {
    expect(await verdict(headers as Record<string, string>, url)).toBe(expected);
  });
});

describe('abuse protection', () => {
  const ask = (options: object, headers: Record<string, string>, method = 'OPTIONS') => {
    const handled: unknown[] = [];
    const asked = receiverOf(cloudevents({ secret, ...options }), {
      on: { '*': (each) => handled.push(each) },
    });
    return asked.handle(request({ method, headers })).then((answer) => ({ ...answer, handled }));
  };
  const origin = { 'webhook-request-origin': 'eventgrid.azure.net' };

  it('grants an origin that is allowed', async () => {
    const answer = await ask({ allowedOrigins: ['eventgrid.azure.net'] }, origin);
    expect(answer).toMatchObject({ status: 200, body: '', handled: [] });
    expect(answer.headers).toMatchObject({
      allow: 'POST',
      'webhook-allowed-origin': 'eventgrid.azure.net',
      'webhook-allowed-rate': '*',
    });
  });

  it('grants a rate, and any origin where any is allowed', async () => {
    const { headers } = await ask({ allowedOrigins: '*', allowedRate: 120 }, origin);
    expect(headers).toMatchObject({
      'webhook-allowed-origin': 'eventgrid.azure.net',
      'webhook-allowed-rate': '120',
    });
  });

  it.each([
    ['no origin by default', {}, origin, 'OPTIONS', 403],
    ['another origin', { allowedOrigins: ['example.com'] }, origin, 'OPTIONS', 403],
    [
      'an origin of 1,025 characters',
      { allowedOrigins: '*' },
      { 'webhook-request-origin': 'a'.repeat(1025) },
      'OPTIONS',
      403,
    ],
    ['a question without an origin', { allowedOrigins: '*' }, {}, 'OPTIONS', 405],
    ['a question by POST', { allowedOrigins: '*' }, origin, 'POST', 401],
  ])('grants %s nothing', async (_, options, headers, method, status) => {
    const answer = await ask(options, headers as Record<string, string>, method);
    expect(answer.status).toBe(status);
    expect(answer.headers).not.toHaveProperty('webhook-allowed-origin');
    expect(answer.handled).toEqual([]);
  });
});
