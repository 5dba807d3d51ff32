import { describe, expect, it } from 'vitest';
import { front } from '../src/front.ts';
import { judge, mac, NOW, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'an-app-signing-key';
const provider = front({ secret });

const signed = (body: string, headers: Record<string, string> = {}, at: number | string = NOW) =>
  request({
    headers: {
      'x-front-request-timestamp': String(at),
      'x-front-signature': mac('sha256', secret, 'base64', `${at}:${body}`),
      ...headers,
    },
    body,
  });

const SYNC = '{"type":"sync","authorization":{"id":"cmp_1"}}';

describe('the validation of the address', () => {
  it('is answered with its challenge, and reaches no handler', async () => {
    const handled: unknown[] = [];
    const receiver = receiverOf(provider, { on: { '*': (event) => handled.push(event) } });
    const { status, body } = await receiver.handle(signed(SYNC, { 'x-front-challenge': 'c1' }));
    expect({ status, body }).toEqual({ status: 200, body: '{"challenge":"c1"}' });
    expect(handled).toEqual([]);
  });

  it('is not answered unsigned', async () => {
    const sent = request({ headers: { 'x-front-challenge': 'c1' }, body: SYNC });
    expect(await receiverOf(provider).handle(sent)).toMatchObject({ status: 401 });
  });

  it('echoes nothing that is too long', async () => {
    const sent = signed(SYNC, { 'x-front-challenge': 'c'.repeat(1025) });
    expect(await receiverOf(provider).handle(sent)).toMatchObject({ status: 403 });
  });

  it('is none without a challenge', async () => {
    expect(await verdictOf(verifierOf(provider), signed(SYNC))).toBe('accepted');
  });

  it('is no way to keep an event from its handler', async () => {
    const sent = signed('{"type":"archive","payload":{"id":"evt_1"}}', { 'x-front-challenge': 'c1' });
    expect((await judge(verifierOf(provider), sent)).event).toMatchObject({ type: 'archive' });
  });
});

describe('the time', () => {
  it.each<[text: string, verdict: string]>([
    [String(NOW), 'accepted'],
    [String(SECONDS), 'accepted'],
    [String(NOW - 300_000), 'accepted'],
    [String(NOW - 300_001), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [String(SECONDS - 301), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [String(SECONDS + 301), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    [`0${SECONDS}`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    [`${SECONDS}.5`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    [`+${SECONDS}`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['1e12', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['now', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ])('%s', async (at, verdict) => {
    expect(await verdictOf(verifierOf(provider), signed('{"type":"archive"}', {}, at))).toBe(verdict);
  });

  it('is told, and is covered', async () => {
    const { event } = await judge(verifierOf(provider), signed('{"type":"archive"}', {}, SECONDS));
    expect(event).toMatchObject({ timestamp: new Date(NOW), signed: { timestamp: true } });
  });

  it('must be there', async () => {
    const sent = signed(SYNC);
    (sent.headers as Headers).delete('x-front-request-timestamp');
    expect(await verdictOf(verifierOf(provider), sent)).toBe('ERR_WEBHOOK_TIMESTAMP_MISSING');
  });
});

it('tells two events of one object apart', async () => {
  const receiver = receiverOf(provider);
  const body = '{"type":"archive","payload":{"id":"evt_1"}}';
  expect(await receiver.receive(signed(body))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed(body, {}, NOW - 1))).toMatchObject({ kind: 'duplicate' });
  expect(await receiver.receive(signed(body.replace('archive', 'reopen')))).toMatchObject({
    kind: 'accepted',
  });
});
