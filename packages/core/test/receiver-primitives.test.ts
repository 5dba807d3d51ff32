import { describe, expect, it } from 'vitest';
import type { WebhookRequest } from '../src/index.ts';
import { delivery } from './support/acme.ts';
import { fails, type Options, receiverOf, unauthorized } from './support/receiver.ts';

describe('verify()', () => {
  it('gives the event, without handlers, again and again', async () => {
    const receiver = receiverOf({ on: { ping: fails(new Error('must not run')) } });
    const sent = delivery({ type: 'ping' }, { id: 'evt_again' });
    for (let round = 0; round < 2; round++)
      expect(await receiver.verify(sent)).toMatchObject({ id: 'evt_again', type: 'ping' });
    expect(await receiverOf({ on: { ping: () => {} } }).receive(sent)).toMatchObject({ kind: 'accepted' });
  });

  it.each<[string, Options, () => WebhookRequest, string]>([
    ...unauthorized.map(([code, sent]): [string, Options, () => WebhookRequest, string] => [
      code,
      {},
      sent,
      code,
    ]),
    ['what `now` throws', { now: fails(new Error('no clock')) }, delivery, 'ERR_WEBHOOK_INTERNAL'],
    [
      'what a header throws',
      {},
      () => ({ ...delivery(), headers: { get: fails(new Error('no headers')) } }),
      'ERR_WEBHOOK_INTERNAL',
    ],
  ])('throws a WebhookError for %s', async (_, options, sent, code) => {
    await expect(receiverOf(options).verify(sent())).rejects.toMatchObject({ name: 'WebhookError', code });
  });
});

describe('open()', () => {
  it('gives an event to settle, once', async () => {
    const calls: unknown[] = [];
    const hooks: Options['hooks'] = {
      onAccepted: (event, info) => void calls.push(['accepted', event.id, info]),
      onFailed: (error) => void calls.push(['failed', error.code]),
    };
    const opened = await receiverOf({ hooks }).open(delivery({ type: 'ping' }, { id: 'evt_open' }));
    expect(opened.event).toMatchObject({ id: 'evt_open', type: 'ping' });
    expect(opened.response).toBeUndefined();
    expect(calls).toEqual([]);
    for (const ok of [true, false, true]) expect(await opened.settle?.(ok)).toBeUndefined();
    expect(calls).toEqual([['accepted', 'evt_open', { handled: true }]]);
  });

  it('fails an event that its route did not handle', async () => {
    const failed: unknown[] = [];
    const receiver = receiverOf({
      hooks: { onFailed: ({ code }, event) => void failed.push([code, event?.id]) },
    });
    const opened = await receiver.open(delivery({}, { id: 'evt_not' }));
    expect(await opened.settle?.(false)).toBeUndefined();
    expect(failed).toEqual([['ERR_WEBHOOK_HANDLER_FAILED', 'evt_not']]);
  });

  it.each(unauthorized)('gives the answer to %s', async (_, sent) => {
    const opened = await receiverOf().open(sent());
    expect(opened.event).toBeUndefined();
    expect(opened.response).toEqual({
      status: 401,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
      body: '{"error":"signature_invalid"}',
    });
  });
});
