import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { inflate, WebhookError } from '@countersign/core';
import fc from 'fast-check';
import { editedBytes } from '../inputs.ts';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';
import { hexOf, orRefused } from '../spelling.ts';

const LIMIT = 4096;

interface Compressed {
  readonly encoding: string;
  readonly body: Uint8Array;
}

const decompressors: Readonly<
  Record<string, (body: Uint8Array, options: { maxOutputLength: number }) => Buffer>
> = {
  gzip: gunzipSync,
  deflate: inflateSync,
};

async function ours({ encoding, body }: Compressed): Promise<Verdict> {
  try {
    return hexOf(await inflate(body, encoding, LIMIT));
  } catch (error) {
    if (error instanceof WebhookError) return undefined;
    throw error;
  }
}

const plain = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc
    .tuple(fc.constantFrom(0, 1, 4095, 4096, 4097, 100_000), fc.nat(255))
    .map(([size, byte]) => new Uint8Array(size).fill(byte)),
);

/** Whole, damaged, cut short, twice, and with something behind it. */
const body = fc
  .tuple(plain, fc.constantFrom(gzipSync, deflateSync), fc.nat(9), fc.nat(5), fc.uint8Array({ maxLength: 4 }))
  .chain(([bytes, compress, level, how, rest]) => {
    const whole = new Uint8Array(compress(bytes, { level }));
    const cut = whole.subarray(0, whole.length - ((rest[0] ?? 1) % whole.length));
    const same = [whole, cut, Buffer.concat([whole, whole]), Buffer.concat([whole, rest])][how];
    return same === undefined ? editedBytes(fc.constant(whole)) : fc.constant(new Uint8Array(same));
  });

export const inflations: readonly Primitive[] = [
  primitive({
    name: 'inflate',
    inputs: fc.record({
      encoding: fc.constantFrom('gzip', 'gzip', 'deflate', 'deflate', 'br', 'GZIP', '__proto__'),
      body,
    }),
    ours,
    theirs({ encoding, body }) {
      const decompress = Object.hasOwn(decompressors, encoding) ? decompressors[encoding] : undefined;
      return decompress && orRefused(() => hexOf(decompress(body, { maxOutputLength: LIMIT })), Error);
    },
  }),
];
