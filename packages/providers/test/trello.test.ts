import { expect, it } from 'vitest';
import { trello } from '../src/trello.ts';
import { configurationError, mac, receiverOf, request } from './support/request.ts';

const secret = 'an-application-secret';
const publicUrl = 'https://hooks.example.com/trello';
const receiver = receiverOf(trello({ secret, publicUrl }));

it('answers the HEAD by which a webhook is made, and counts it as no event', async () => {
  expect(await receiver.receive(request({ method: 'HEAD' }))).toMatchObject({ kind: 'handshake' });
  expect(await receiver.handle(request({ method: 'HEAD' }))).toMatchObject({ status: 200, body: '' });
});

it('checks a POST that looks like it', async () => {
  expect(await receiver.handle(request({}))).toMatchObject({ status: 401 });
});

it('takes nothing else', async () => {
  expect(await receiver.handle(request({ method: 'GET' }))).toMatchObject({
    status: 405,
    headers: { allow: 'POST, HEAD' },
  });
});

it('signs the address after the body, as it was given', async () => {
  const body = '{"action":{"id":"a1","type":"updateCard"}}';
  const sent = (signature: string) => request({ body, headers: { 'x-trello-webhook': signature } });
  expect(await receiver.receive(sent(mac('sha1', secret, 'base64', body, `${publicUrl}/`)))).toMatchObject({
    kind: 'rejected',
  });
  expect(await receiver.receive(sent(mac('sha1', secret, 'base64', body, publicUrl)))).toMatchObject({
    kind: 'accepted',
  });
});

it('needs the address', () => {
  expect(configurationError(() => trello({ secret } as never))).toBe('ERR_WEBHOOK_CONFIG_OPTION');
});
