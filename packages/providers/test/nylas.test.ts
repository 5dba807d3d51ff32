import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { nylas } from '../src/nylas.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'a-webhook-secret';
const BODY = '{"specversion":"1.0","id":"n1","type":"message.created","data":{"subject":"Grüße"}}';
const GZIP = { 'content-encoding': 'gzip' };

const signed = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  request({ headers: { 'x-nylas-signature': mac('sha256', secret, 'hex', body), ...headers }, body });

const verifier = verifierOf(nylas({ secret }));
const zipped = (text: string): Uint8Array => new Uint8Array(gzipSync(text));

describe('the challenge', () => {
  const receiver = receiverOf(nylas({ secret }));
  const ask = (query: string, method = 'GET') =>
    receiver.handle(request({ method, url: `/webhooks/nylas${query}` }));

  it('is sent back alone, without quotes', async () => {
    const { status, body, headers } = await ask('?challenge=bc609b38-c81f-47fb-a275-0d4b5c1d1c1a');
    expect({ status, body }).toEqual({ status: 200, body: 'bc609b38-c81f-47fb-a275-0d4b5c1d1c1a' });
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['too long', `?challenge=${'a'.repeat(1025)}`, 'GET', 403],
    ['empty', '?challenge=', 'GET', 403],
    ['absent', '', 'GET', 405],
    ['posted', '?challenge=a', 'POST', 401],
  ])('is refused when it is %s', async (_, query, method, status) => {
    expect((await ask(query, method)).status).toBe(status);
  });
});

describe('a compressed delivery', () => {
  it('is verified as it came, and read afterwards', async () => {
    const body = zipped(BODY);
    const { event } = await judge(verifier, signed(body, GZIP));
    expect(event).toMatchObject({ id: 'n1', type: 'message.created', payload: JSON.parse(BODY) });
    expect(event?.body).toEqual(body);
  });

  it('is read by its signed bytes, whatever Content-Encoding says', async () => {
    const handler = vi.fn();
    const receiver = receiverOf(nylas({ secret }), { on: { 'message.created': handler } });
    await receiver.receive(signed(zipped(BODY)));
    expect(handler).toHaveBeenCalledTimes(1);
    // The same id: as a duplicate it was understood too.
    expect(await receiver.receive(signed(BODY, GZIP))).toMatchObject({ kind: 'duplicate' });
  });

  it.each<[name: string, sent: () => ReturnType<typeof request>, verdict: string]>([
    [
      'signed before it was compressed',
      () =>
        request({
          ...signed(BODY),
          headers: { 'x-nylas-signature': mac('sha256', secret, 'hex', BODY), ...GZIP },
          body: zipped(BODY),
        }),
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['under another encoding', () => signed(BODY, { 'content-encoding': 'br' }), 'ERR_WEBHOOK_BODY_ENCODING'],
    [
      'that is none',
      () => signed(new Uint8Array([0x1f, 0x8b, 1, 2, 3]), GZIP),
      'ERR_WEBHOOK_PAYLOAD_INVALID',
    ],
    [
      'that grows beyond 4 MiB',
      () => signed(zipped(`"${'a'.repeat(5 * 1024 * 1024)}"`), GZIP),
      'ERR_WEBHOOK_PAYLOAD_INVALID',
    ],
  ])('%s is refused', async (_, sent, verdict) => {
    expect(await verdictOf(verifier, sent())).toBe(verdict);
  });

  it('is not inflated before its signature held', async () => {
    const inflating = vi.spyOn(globalThis, 'DecompressionStream');
    const headers = { 'x-nylas-signature': mac('sha256', 'guess', 'hex', zipped(BODY)), ...GZIP };
    expect(await verdictOf(verifier, request({ headers, body: zipped(BODY) }))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
    expect(inflating).not.toHaveBeenCalled();
    await judge(verifier, signed(zipped(BODY), GZIP));
    expect(inflating).toHaveBeenCalledTimes(1);
    inflating.mockRestore();
  });
});

it('takes no API key for its secret', () => {
  expect(configurationError(() => nylas({ secret: 'nyk_v0_abc' }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
