import { describe, expect, it } from 'vitest';
import { strava } from '../src/strava.ts';
import { configurationError, receiverOf, request } from './support/request.ts';

const secret = 'my-own-token';
const verifyToken = 'STRAVA';
const subscribe = {
  'hub.mode': 'subscribe',
  'hub.verify_token': verifyToken,
  'hub.challenge': '15f7d1a91c1f40f8',
};
const receiver = receiverOf(strava({ secret, verifyToken }));

describe('a subscription', () => {
  const ask = (query: Record<string, string>, method = 'GET') =>
    receiver.handle(request({ method, url: `/strava?${new URLSearchParams(query)}` }));

  it('is confirmed as JSON, unlike that of Meta', async () => {
    const response = await ask({ secret, ...subscribe });
    expect(response).toMatchObject({ status: 200, body: '{"hub.challenge":"15f7d1a91c1f40f8"}' });
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    { ...subscribe, 'hub.verify_token': 'guess' },
    { ...subscribe, 'hub.verify_token': '' },
    { ...subscribe, 'hub.challenge': 'x'.repeat(1025) },
    { ...subscribe, 'hub.challenge': '' },
  ])('is refused: %j', async (query) => {
    expect(await ask(query)).toMatchObject({ status: 403, body: '{"error":"handshake_refused"}' });
  });

  it('is no event, and comes by GET', async () => {
    expect(await ask(subscribe, 'POST')).toMatchObject({ status: 401 });
    expect(await ask({ secret })).toMatchObject({ status: 405 });
  });

  it('is not for who has no token', async () => {
    const without = receiverOf(strava({ secret }));
    const url = `/strava?${new URLSearchParams(subscribe)}`;
    expect(await without.handle(request({ method: 'GET', url }))).toMatchObject({ status: 405 });
    expect(configurationError(() => strava({ secret, verifyToken: '' }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

it.each([
  ['/strava?secret=my-own-token', 200],
  ['/strava?a=1&secret=my-own-token', 200],
  ['/strava?secret=my-own-toke', 401],
  ['/strava?secret=my-own-token&secret=my-own-token', 401],
  ['/strava?secret=', 401],
  ['/strava', 401],
  ['/strava#?secret=my-own-token', 401],
])('at %s: %s', async (url, status) => {
  const sent = request({ url, body: `{"aspect_type":"create","object_id":1,"url":"${url}"}` });
  expect(await receiver.handle(sent)).toMatchObject({ status });
});
