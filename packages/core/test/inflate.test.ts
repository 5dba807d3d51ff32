import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type BodyRules, readBody } from '../src/body.ts';
import { inflate } from '../src/index.ts';
import { codeOf, request, utf8 } from './support/acme.ts';
import { source } from './support/streams.ts';

const BYTES = new Uint8Array([...utf8('\ufeff{"a":"\u0000\r\n$&"}'), 0xff, 0xfe]);
const rules: BodyRules = { limit: 1024, timeout: 10_000 };

describe('inflate', () => {
  const inflating: BodyRules = { ...rules, decoder: inflate };
  const under = async (encoding: string, body: Uint8Array | AsyncIterable<Uint8Array>, by = inflating) =>
    readBody(request({ body, headers: { 'content-encoding': encoding } }), by);
  const zeros = (count: number) => Buffer.alloc(count);

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['gzip', gzipSync],
    ['GZip', gzipSync],
    ['deflate', deflateSync],
  ])('undoes %s', async (encoding, compress) => {
    expect([...(await under(encoding, compress(BYTES)))]).toEqual([...BYTES]);
    expect([...(await under(encoding, source([compress(BYTES)]).body))]).toEqual([...BYTES]);
    expect(await under(encoding, compress(new Uint8Array()))).toHaveLength(0);
  });

  it('leaves what is not compressed', async () => {
    expect([...(await under('identity', BYTES))]).toEqual([...BYTES]);
  });

  it('fills the limit, and no byte more', async () => {
    expect(await under('gzip', gzipSync(zeros(1024)))).toHaveLength(1024);
    expect(await codeOf(under('gzip', gzipSync(zeros(1025))))).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ])('stops a bomb of %s at the limit', async (encoding, compress) => {
    const bomb = compress(zeros(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(under(encoding, bomb, { ...inflating, limit: 100_000 }))).toBe(
      'ERR_WEBHOOK_BODY_TOO_LARGE',
    );
  });

  it('counts what comes over the wire too', async () => {
    const { body, seen } = source(Array(10_000).fill(new Uint8Array(100)));
    expect(await codeOf(under('gzip', body))).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
    expect(seen.read).toBe(11);
  });

  it.each<[string, string, Uint8Array]>([
    ['plain text', 'gzip', utf8('{"a":1}')],
    ['nothing', 'gzip', new Uint8Array()],
    ['a header alone', 'gzip', gzipSync(BYTES).subarray(0, 10)],
    ['the end cut off', 'gzip', gzipSync(BYTES).subarray(0, -9)],
    ['the checksum cut off', 'gzip', gzipSync(BYTES).subarray(0, -1)],
    [
      'a wrong checksum',
      'gzip',
      gzipSync(BYTES).map((byte, at, all) => (at === all.length - 8 ? byte ^ 1 : byte)),
    ],
    ['the other format', 'gzip', deflateSync(BYTES)],
    ['the other format', 'deflate', gzipSync(BYTES)],
    ['no header', 'deflate', deflateRawSync(BYTES)],
    ['the end cut off', 'deflate', deflateSync(BYTES).subarray(0, -5)],
  ])('refuses %s as %s', async (_, encoding, body) => {
    await expect(under(encoding, body)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_ENCODING',
      status: 415,
    });
  });

  it.each(['br', 'zstd', 'x-gzip', 'gzip, gzip', 'deflate-raw', 'constructor'])(
    'does not know %s',
    async (encoding) => {
      expect(await codeOf(under(encoding, brotliCompressSync(BYTES)))).toBe('ERR_WEBHOOK_BODY_ENCODING');
      expect(inflate(BYTES, encoding, 1024)).toBeUndefined();
    },
  );

  it('quotes nothing of the body', async () => {
    await expect(under('gzip', utf8('hush-5512'))).rejects.not.toMatchObject({
      message: expect.stringContaining('hush'),
    });
  });
});
