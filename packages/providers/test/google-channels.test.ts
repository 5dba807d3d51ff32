import { expect, it } from 'vitest';
import { googleChannels } from '../src/google-channels.ts';
import { judge, receiverOf, request, verifierOf } from './support/request.ts';

const secret = 'a-channel-token';
const provider = googleChannels({ secret });

const message = (number: string | undefined, headers: Record<string, string> = {}) =>
  request({
    headers: {
      'x-goog-channel-token': secret,
      'x-goog-channel-id': 'c1',
      'x-goog-resource-id': 'r1',
      'x-goog-resource-state': 'exists',
      ...(number && { 'x-goog-message-number': number }),
      ...headers,
    },
  });

it('is known by its channel and its number, and has its state for a type', async () => {
  const { event } = await judge(verifierOf(provider), message('10'));
  expect(event).toMatchObject({
    id: 'c1/10',
    type: 'exists',
    payload: {},
    signed: { id: false, type: false },
  });
});

it('is another delivery under another number, or in another channel', async () => {
  const receiver = receiverOf(provider);
  const rows: [number: string | undefined, headers: Record<string, string>, kind: string][] = [
    ['2', {}, 'accepted'],
    ['2', {}, 'duplicate'],
    ['3', {}, 'accepted'],
    ['2', { 'x-goog-channel-id': 'c2' }, 'accepted'],
    [undefined, {}, 'accepted'],
    [undefined, { 'x-goog-resource-id': 'r2' }, 'accepted'],
  ];
  for (const [number, headers, kind] of rows) {
    expect(await receiver.receive(message(number, headers))).toMatchObject({ kind });
  }
});

it('answers the first message of a channel, once its token is right, and it is no event', async () => {
  const receiver = receiverOf(provider);
  const sync = { 'x-goog-resource-state': 'sync' };
  expect(await receiver.receive(message('1', sync))).toMatchObject({ kind: 'handshake', handshake: 'sync' });
  expect(await receiver.handle(message('1', sync))).toMatchObject({ status: 200, body: '' });
  const forged = { ...sync, 'x-goog-channel-token': 'guess' };
  expect(await receiver.handle(message('1', forged))).toMatchObject({ status: 401 });
});
