import { createHash, createHmac } from 'node:crypto';
import { type Chunk, digest, type Hash, hmac, type Scheme } from '@countersign/core';
import fc from 'fast-check';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';
import { hexOf } from '../spelling.ts';

const HASHES: readonly Hash[] = ['sha1', 'sha256', 'sha384', 'sha512'];
const place = { header: 'x-signature', encoding: 'hex', content: ['body'] } as const;

interface Signed {
  readonly key: Uint8Array;
  readonly chunks: readonly Chunk[];
}

/** Where key and content are laid side by side before they are hashed, as long as content may be there. */
const SHORT = 32_768;

/** Bytes that are not all the same, so that one in a wrong place is seen. */
const filled = (size: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => (seed * 31 + at * 7 + (at >> 8)) & 255);

const word = fc.string({ unit: 'binary', maxLength: 50 });
const unit = fc.constantFrom('a', '\u007f', '\u0080', 'ü', '€', '\ud83d', '\ude00', '😀');
const sizes = fc.oneof(
  fc.nat(300),
  fc.nat({ max: 400 }).map((each) => SHORT - 200 + each),
  fc.nat({ max: 200 }).map((each) => Math.floor(SHORT / 3) - 100 + each),
);
const chunk = fc.oneof(
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  { weight: 3, arbitrary: word },
  { weight: 1, arbitrary: fc.tuple(sizes, fc.nat(255)).map(([size, seed]) => filled(size, seed)) },
  { weight: 1, arbitrary: fc.tuple(unit, sizes).map(([letter, size]) => letter.repeat(size)) },
  // A view into something larger, and a Buffer, which is often one too.
  fc.uint8Array({ minLength: 10, maxLength: 90 }).map((bytes) => bytes.subarray(3, -3)),
  word.map((each) => Buffer.from(each)),
);
const key = fc
  .nat(200)
  .chain((size) => fc.uint8Array({ minLength: Math.max(1, size), maxLength: Math.max(1, size) }));
const chunks = fc.array(chunk, { maxLength: 5 });

/** Every length of a key with every length of a body; in the short form each of them once or more. */
function* everyLength(isLong: boolean): Iterable<Signed> {
  for (let bodySize = 0; bodySize <= 300; bodySize++) {
    for (let keySize = isLong ? 0 : bodySize % 201; keySize <= 200; keySize += isLong ? 1 : 201) {
      yield { key: filled(keySize, bodySize), chunks: [filled(bodySize, keySize)] };
    }
  }
  for (let over = -130; over <= 130; over++) {
    for (const size of [SHORT, Math.floor(SHORT / 3)]) {
      yield { key: filled(64, over), chunks: [filled(size + over, over)] };
      yield { key: filled(64, over), chunks: ['t.', 'x'.repeat(size + over)] };
    }
  }
}

const theirMac = (hash: Hash, { key, chunks }: Signed): string => {
  const mac = createHmac(hash, key);
  for (const each of chunks) mac.update(each);
  return mac.digest('hex');
};

async function signed(scheme: Scheme, { key, chunks }: Signed): Promise<Verdict> {
  const before = hexOf(key);
  const prepared = scheme.key(key);
  const [first, second] = [hexOf(await prepared.sign?.(chunks)), hexOf(await prepared.sign?.(chunks))];
  return first === second && hexOf(key) === before ? first : `${first}, then ${second}`;
}

/** WebCrypto knows no key of no bytes; what was configured as one is refused before. */
async function orNoKey(key: Uint8Array, sign: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await sign();
  } catch (error) {
    if (key.length === 0 && error instanceof DOMException) return undefined;
    throw error;
  }
}

const macs = HASHES.map((hash) => {
  const scheme = hmac({ ...place, hash });
  return primitive<Signed>({
    name: `HMAC, ${hash}`,
    share: 2,
    inputs: fc.record({ key, chunks }),
    always: everyLength,
    mayRefuse: true,
    ours: (each) => orNoKey(each.key, () => signed(scheme, each)),
    theirs: (each) => theirMac(hash, each),
  });
});

const digests = HASHES.map((hash) => {
  const scheme = digest({ ...place, hash });
  return primitive({
    name: `digest, ${hash}`,
    inputs: chunks,
    async ours(each) {
      return hexOf(await scheme.key(new Uint8Array(1)).sign?.(each));
    },
    theirs(each) {
      const sum = createHash(hash);
      for (const part of each) sum.update(part);
      return sum.digest('hex');
    },
  });
});

export const hashed: readonly Primitive[] = [...macs, ...digests];
