import { describe, expect, it } from 'vitest';
import { type WebsubIntent, websub } from '../src/websub.ts';
import { mac, receiverOf, request } from './support/request.ts';

const secret = 'hub-secret-of-the-tests';
const topic = 'https://example.com/feed';

function endpoint() {
  const asked: WebsubIntent[] = [];
  const denied: unknown[] = [];
  const handled: unknown[] = [];
  const provider = websub({
    secret,
    subscription(intent) {
      asked.push(intent);
      return intent.mode === 'subscribe' && intent.topic === topic;
    },
    onDenied: (denial) => denied.push(denial),
  });
  const receiver = receiverOf(provider, { on: { '*': (event) => handled.push(event.payload) } });
  const ask = (query: string, method = 'GET') =>
    receiver.handle({ ...request({ method, url: `/hook?${query}` }), body: null });
  return { asked, denied, handled, receiver, ask };
}

const query = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const subscribe = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': 'abc-123' };

describe('the verification of intent', () => {
  it('echoes the challenge of a subscription that was asked for, as plain text', async () => {
    const { ask, asked, handled } = endpoint();
    const answer = await ask(query({ ...subscribe, 'hub.lease_seconds': '864000' }));
    expect(answer).toMatchObject({ status: 200, body: 'abc-123' });
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(asked).toEqual([{ mode: 'subscribe', topic, leaseSeconds: 864_000 }]);
    expect(handled).toEqual([]);
  });

  it.each([
    ['another topic', { ...subscribe, 'hub.topic': 'https://example.com/other' }, 404],
    ['another mode', { ...subscribe, 'hub.mode': 'unsubscribe' }, 404],
    ['no topic', { 'hub.mode': 'subscribe', 'hub.challenge': 'abc' }, 404],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.topic': topic }, 403],
    ['a challenge of 1,025 characters', { ...subscribe, 'hub.challenge': 'a'.repeat(1025) }, 403],
    ['a challenge that is no plain text', { ...subscribe, 'hub.challenge': 'a\nb' }, 403],
    ['an unknown mode', { ...subscribe, 'hub.mode': 'publish' }, 405],
    ['nothing of a hub', {}, 405],
  ])('refuses %s', async (_, fields, status) => {
    const answer = await endpoint().ask(query(fields as unknown as Record<string, string>));
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('abc-123');
  });

  it('refuses a topic that stands there twice', async () => {
    expect((await endpoint().ask(`${query(subscribe)}&hub.topic=other`)).status).toBe(404);
  });

  it('is no POST, and confirms nothing where nothing is expected', async () => {
    expect((await endpoint().ask(query(subscribe), 'POST')).status).toBe(401);
    const receiver = receiverOf(websub({ secret }));
    const answer = await receiver.handle(request({ method: 'GET', url: `/hook?${query(subscribe)}` }));
    expect(answer.status).toBe(404);
  });
});

it('hears a denial, and is denied nothing by it', async () => {
  const { ask, denied, handled } = endpoint();
  const answer = await ask(query({ 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'no' }));
  expect(answer.status).toBe(200);
  expect(denied).toEqual([{ topic, reason: 'no' }]);
  expect(handled).toEqual([]);
});

describe('a distribution', () => {
  const send = (signature: string, body = 'news') => {
    const { receiver, handled } = endpoint();
    return receiver
      .handle(request({ headers: { 'x-hub-signature': signature }, body }))
      .then(({ status }) => ({ status, handled }));
  };

  it.each(['sha256', 'sha384', 'sha512'])('is known by %s', async (hash) => {
    expect(await send(`${hash}=${mac(hash, secret, 'hex', 'news')}`)).toEqual({
      status: 200,
      handled: ['news'],
    });
  });

  it('is not known by SHA-1, nor by a hash under the name of another', async () => {
    expect(await send(`sha1=${mac('sha1', secret, 'hex', 'news')}`)).toEqual({ status: 401, handled: [] });
    expect(await send(`sha512=${mac('sha256', secret, 'hex', 'news')}`)).toEqual({
      status: 401,
      handled: [],
    });
    expect(await send(`sha256=${mac('sha1', secret, 'hex', 'news')}`)).toEqual({ status: 401, handled: [] });
  });
});
