import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { crypto as chosen } from '#crypto';
import type { Crypto, Hash, ImportPublicKey } from '../src/crypto/crypto.ts';
import { importPublicKey as importOnNode, crypto as node } from '../src/crypto/node.ts';
import { importPublicKey as importOnWeb, crypto as web } from '../src/crypto/web.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (ascii: string): Uint8Array => new Uint8Array(Buffer.from(ascii, 'latin1'));

/** A raw key in its SubjectPublicKeyInfo (RFC 8410 section 4). */
const spkiOf = (raw: Uint8Array): Uint8Array => new Uint8Array([...hex('302a300506032b6570032100'), ...raw]);

const HASHES: readonly Hash[] = ['sha1', 'sha256', 'sha384', 'sha512'];

interface Vectors {
  readonly hmac: readonly { name: string; hash: Hash; key: string; data: string; mac: string }[];
  readonly ed25519: readonly { name: string; publicKey: string; message: string; signature: string }[];
}

/** RFC 2202, RFC 4231 but for its truncated case, and RFC 8032 section 7.1. */
const vectors: Vectors = JSON.parse(readFileSync(new URL('vectors/rfc.json', import.meta.url), 'utf8'));

/** The same point, with S + L in place of S: a second signature, which RFC 8032 section 5.1.7 refuses. */
function malleated(signature: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = signature.slice(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order;
  return signature.map((byte, at) => (at < 32 ? byte : Number((s >> BigInt((at - 32) * 8)) & 255n)));
}

const flipped = (bytes: Uint8Array, at: number, bit = 1): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ bit : byte));

const chunk = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme' }));

it('is the back end of this project', ({ task }) => {
  expect(chosen.name).toBe(task.file.projectName);
});

describe.each<[string, Crypto, ImportPublicKey]>([
  ['node', node, importOnNode],
  ['web', web, importOnWeb],
])('%s', (name, crypto, importPublicKey) => {
  const ed25519Key = (raw: Uint8Array) => importPublicKey({ name: 'ed25519' }, spkiOf(raw));

  it('says its name', () => {
    expect(crypto.name).toBe(name);
  });

  it.each(vectors.hmac)('$name: HMAC with $hash', async ({ hash, key, data, mac }) => {
    expect(toHex(await crypto.hmac(hash, hex(key)).mac([hex(data)]))).toBe(mac);
  });

  it.each(HASHES)('%s over any pieces is over the whole', async (hash) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1 }),
        fc.array(chunk, { maxLength: 4 }),
        async (key, chunks) => {
          const whole = Buffer.concat(chunks.map((each) => Buffer.from(each as string)));
          const mac = crypto.hmac(hash, key);
          const wanted = createHmac(hash, key).update(whole).digest('hex');
          expect(toHex(await mac.mac(chunks))).toBe(wanted);
          expect(toHex(await mac.mac(chunks)), 'a second time, by the same key').toBe(wanted);
          expect(toHex(await crypto.digest(hash, chunks))).toBe(createHash(hash).update(whole).digest('hex'));
        },
      ),
    );
  });

  // Node takes another way from 32 KiB on, and for text from a third of that, which may become as long.
  it.each(HASHES)('%s over contents of any length, with keys of any length', async (hash) => {
    const texts = [
      '',
      'id.',
      'ü',
      '\ud83d',
      '\ude00',
      '\u{1f600}'.repeat(3),
      'x'.repeat(10_922),
      'ä'.repeat(10_923),
    ];
    const sizes = [0, 1, 2, 3, 63, 64, 65, 2047, 32_703, 32_704, 32_766, 32_767, 32_768, 32_769, 100_000];
    for (const length of [1, 20, 63, 64, 65, 127, 128, 129, 500]) {
      const key = Buffer.alloc(length, 'countersign');
      const mac = crypto.hmac(hash, key);
      for (const text of texts) {
        for (const size of sizes) {
          const chunks = [text, Buffer.alloc(size, 7), text];
          const wanted = createHmac(hash, key);
          for (const each of chunks) wanted.update(each);
          const got = Buffer.from(await mac.mac(chunks));
          if (!got.equals(wanted.digest())) expect.fail(`${length} ${text.slice(0, 9)} ${size}`);
        }
      }
    }
  });

  it.each(HASHES)(
    '%s matches what it makes, wherever that stands among others, and nothing else',
    async (hash) => {
      for (const size of [0, 350, 32_768, 40_000]) {
        const mac = crypto.hmac(hash, text('a key'));
        const content = ['id.', Buffer.alloc(size, 7)];
        const right = new Uint8Array(
          createHmac(hash, 'a key').update('id.').update(Buffer.alloc(size, 7)).digest(),
        );
        const near = Array.from(right, (_, at) =>
          right.map((byte, index) => (index === at ? byte ^ 1 : byte)),
        );
        const others = [...near, right.slice(1), Uint8Array.of(...right, 0), new Uint8Array()];
        expect(await mac.matches(content, [])).toBe(false);
        expect(await mac.matches(content, others)).toBe(false);
        for (const at of [0, 1, others.length]) {
          expect(await mac.matches(content, [...others.slice(0, at), right, ...others.slice(at)])).toBe(true);
        }
        expect(await mac.matches([...content, 'x'], [right])).toBe(false);
        expect(await crypto.hmac(hash, text('another key')).matches(content, [right])).toBe(false);
        expect(await mac.matches(content, [right]), 'asked again').toBe(true);
      }
    },
  );

  it('gives every digest bytes of its own', async () => {
    const mac = crypto.hmac('sha256', hex('0b0b'));
    const first = await mac.mac(['one']);
    const before = toHex(first);
    await mac.mac(['two']);
    await mac.matches(['four'], [first]);
    await crypto.hmac('sha256', hex('0c0c')).mac(['three']);
    expect(toHex(first)).toBe(before);
  });

  it.each<[Hash, string]>([
    ['sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'sha384',
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    ],
    [
      'sha512',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
  ])('FIPS 180: %s of "abc"', async (hash, digest) => {
    expect(toHex(await crypto.digest(hash, ['a', text('bc')]))).toBe(digest);
  });

  describe.each(vectors.ed25519)('$name', ({ publicKey, message, signature }) => {
    const key = ed25519Key(hex(publicKey));
    const good = hex(signature);
    const signed = hex(message);

    it('holds, whole and in pieces', async () => {
      expect(await key.verify([signed], good)).toBe(true);
      expect(await key.verify([signed.slice(0, 1), '', signed.slice(1)], good)).toBe(true);
    });

    it.each<[string, Uint8Array, Uint8Array]>([
      ['another message', new Uint8Array([...signed, 0]), good],
      ['a bit of R', signed, flipped(good, 0)],
      ['a bit of S', signed, flipped(good, 32)],
      ['the last bit', signed, flipped(good, 63, 0x80)],
      ['S + L', signed, malleated(good)],
      ['all zeros', signed, new Uint8Array(64)],
      ['all ones', signed, new Uint8Array(64).fill(255)],
      ['none', signed, new Uint8Array()],
      ['one byte less', signed, good.slice(0, 63)],
      ['one byte more', signed, new Uint8Array([...good, 0])],
      ['twice', signed, new Uint8Array([...good, ...good])],
      ['halves exchanged', signed, new Uint8Array([...good.slice(32), ...good.slice(0, 32)])],
    ])('does not hold for %s', async (_, content, wrong) => {
      expect(await key.verify([content], wrong)).toBe(false);
    });

    it('does not hold under another key', async () => {
      const { publicKey: other } = generateKeyPairSync('ed25519');
      const raw = new Uint8Array(other.export({ format: 'der', type: 'spki' }).subarray(-32));
      expect(await ed25519Key(raw).verify([signed], good)).toBe(false);
    });
  });

  it('agrees with Node on fresh keys', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = ed25519Key(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)));
    for (const message of ['', 'a', '$&', '\u0000\ud83d\ude00']) {
      const made = new Uint8Array(sign(null, Buffer.from(message), privateKey));
      expect(await key.verify([message], made)).toBe(true);
      expect(await key.verify([`${message} `], made)).toBe(false);
    }
  });

  it('compares bytes as Node does', () => {
    const pair = fc.tuple(fc.uint8Array(), fc.uint8Array());
    const near = fc.uint8Array({ minLength: 1 }).chain((bytes) =>
      fc.tuple(
        fc.constant(bytes),
        fc.nat(bytes.length - 1).map((at) => flipped(bytes, at)),
      ),
    );
    const twins = fc.uint8Array().map((bytes) => [bytes, bytes.slice()]);
    fc.assert(
      fc.property(fc.oneof(pair, near, twins), ([a, b]) => {
        expect(crypto.equal(a as Uint8Array, b as Uint8Array)).toBe(
          Buffer.compare(a as Uint8Array, b as Uint8Array) === 0,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a beginning', [1, 2], [1, 2, 3]],
    ['a longer one', [1, 2, 3], [1, 2]],
    ['zeros in place of nothing', [1, 0], [1]],
    ['nothing in place of zeros', [], [0]],
    ['the last bit', [0, 128], [0, 0]],
  ])('finds %s different', (_, a, b) => {
    expect(crypto.equal(new Uint8Array(a), new Uint8Array(b))).toBe(false);
  });

  it('makes tokens of 128 bits, all different', () => {
    const tokens = Array.from({ length: 1000 }, () => crypto.token());
    expect(new Set(tokens).size).toBe(1000);
    expect(tokens.filter((token) => !/^[0-9a-f]{32}$/.test(token))).toEqual([]);
  });

  it('shows no key when it is printed', async () => {
    const secret = 'a-secret-Zq81';
    const bytes = text(secret);
    const mac = crypto.hmac('sha256', bytes);
    const shown = () => [
      inspect(mac, { depth: 20, showHidden: true }),
      JSON.stringify(mac),
      String(mac),
      JSON.stringify(Object.entries(mac)),
    ];
    const before = shown();
    await mac.mac(['used']);
    for (const output of [...before, ...shown()]) {
      for (const form of [
        secret,
        toHex(bytes),
        toHex(bytes).match(/../g)?.join(' '),
        Buffer.from(bytes).toString('base64'),
        bytes.join(', '),
        bytes.join(','),
      ]) {
        expect(output).not.toContain(form);
      }
    }
  });
});

it('refuses an Ed25519 signature of another length also where WebCrypto throws for one, as on Workers', async () => {
  const [{ publicKey, message, signature } = { publicKey: '', message: '', signature: '' }] = vectors.ed25519;
  const { subtle } = globalThis.crypto;
  const verify = subtle.verify.bind(subtle);
  const strict = vi.spyOn(subtle, 'verify').mockImplementation(async (algorithm, key, given, data) => {
    if (given.byteLength !== 64) throw new DOMException('Invalid Ed25519 signature length', 'OperationError');
    return verify(algorithm, key, given, data);
  });
  try {
    const key = importOnWeb({ name: 'ed25519' }, spkiOf(hex(publicKey)));
    const whole = hex(signature);
    expect(await key.verify([hex(message)], whole)).toBe(true);
    for (const other of [new Uint8Array(), whole.slice(0, 63), new Uint8Array([...whole, 0])]) {
      expect(await key.verify([hex(message)], other)).toBe(false);
    }
  } finally {
    strict.mockRestore();
  }
});
