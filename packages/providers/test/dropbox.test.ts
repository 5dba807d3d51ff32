import { describe, expect, it, vi } from 'vitest';
import { dropbox } from '../src/dropbox.ts';
import { mac, NOW, receiverOf, request } from './support/request.ts';

const secret = 'an-app-secret';
const BODY = '{"list_folder":{"accounts":["dbid:AAH4f99T0taONIb"]},"delta":{"users":[12345678]}}';

const delivery = (body = BODY, key = secret) =>
  request({ headers: { 'x-dropbox-signature': mac('sha256', key, 'hex', body) }, body });

const challenged = (query: string, method = 'GET') => request({ method, url: `/webhooks/dropbox${query}` });

describe('the challenge', () => {
  it('is sent back as plain text, and is no event', async () => {
    const handler = vi.fn();
    const receiver = receiverOf(dropbox({ secret }), { on: { '*': handler } });
    expect(await receiver.handle(challenged('?challenge=abc123'))).toEqual({
      status: 200,
      body: 'abc123',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
    expect(await receiver.receive(challenged('?challenge=abc123'))).toMatchObject({ kind: 'handshake' });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    ['empty', '?challenge=', 403],
    ['too long', `?challenge=${'a'.repeat(1025)}`, 403],
    ['two lines', '?challenge=a%0D%0Ab', 403],
    ['absent', '', 405],
    ['repeated', '?challenge=a&challenge=b', 405],
  ])('is refused when it is %s', async (_, query, status) => {
    const response = await receiverOf(dropbox({ secret })).handle(challenged(query));
    expect(response.status).toBe(status);
    if (status === 405) expect(response.headers.allow).toBe('POST, GET');
  });

  it('comes by GET: a delivery is no less checked for looking like it', async () => {
    const receiver = receiverOf(dropbox({ secret }));
    expect((await receiver.handle(challenged('?challenge=abc123', 'POST'))).status).toBe(401);
    expect((await receiver.handle(challenged('?challenge=abc123', 'HEAD'))).status).toBe(405);
  });
});

describe('a delivery', () => {
  it('in the same bytes as the last is another: something changed again', async () => {
    let now = NOW;
    const handler = vi.fn();
    const receiver = receiverOf(dropbox({ secret }), { now: () => now, on: { '*': handler } });
    for (let change = 0; change < 3; change++) {
      expect(await receiver.receive(delivery())).toMatchObject({ kind: 'accepted', handled: true });
      now += 1;
    }
    expect(handler).toHaveBeenCalledTimes(3);
  });

  it('is still signed in every byte', async () => {
    const receiver = receiverOf(dropbox({ secret }));
    const wrong = [delivery(BODY, 'guess'), { ...delivery(), body: new TextEncoder().encode(`${BODY} `) }];
    for (const each of wrong) {
      expect(await receiver.receive(each)).toMatchObject({ code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH' });
    }
  });

  it('is not signed by what stands before it in its key', async () => {
    const receiver = receiverOf(dropbox({ secret }));
    const headers = { 'x-dropbox-signature': mac('sha256', secret, 'hex', `${NOW}\n${BODY}`) };
    expect(await receiver.receive(request({ headers, body: BODY }))).toMatchObject({ kind: 'rejected' });
  });
});
