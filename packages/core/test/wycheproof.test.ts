import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Crypto, type Hash, hashLength } from '../src/crypto/crypto.ts';
import { crypto as node } from '../src/crypto/node.ts';
import { crypto as web } from '../src/crypto/web.ts';

/** Beside the checkout; not part of it. */
const FOLDER = new URL('../../../../shared/wycheproof/', import.meta.url);

interface Group {
  readonly tagSize?: number;
  readonly publicKey?: { readonly pk: string };
  readonly tests: readonly {
    readonly tcId: number;
    readonly comment: string;
    readonly key: string;
    readonly msg: string;
    readonly tag: string;
    readonly sig: string;
    readonly result: 'valid' | 'invalid';
  }[];
}

const groupsOf = (file: string): readonly Group[] =>
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')).testGroups;
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** [file, hash, tests in it] */
const macs: readonly (readonly [string, Hash, number])[] = [
  ['hmac_sha1_test.json', 'sha1', 87],
  ['hmac_sha256_test.json', 'sha256', 87],
  ['hmac_sha512_test.json', 'sha512', 87],
];

describe.each<[string, Crypto]>([
  ['node', node],
  ['web', web],
])('Wycheproof (skipped where ../shared/wycheproof is not there): %s', (_, crypto) => {
  for (const [file, hash, count] of macs) {
    it.skipIf(!existsSync(new URL(file, FOLDER)))(file, async () => {
      const tests = groupsOf(file)
        .filter(({ tagSize }) => tagSize === hashLength[hash] * 8)
        .flatMap((group) => group.tests);
      expect(tests.length).toBe(count);
      const wrong: string[] = [];
      for (const { tcId, comment, key, msg, tag, result } of tests) {
        const mac = await crypto.hmac(hash, hex(key)).mac([hex(msg)]);
        if (crypto.equal(mac, hex(tag)) !== (result === 'valid')) wrong.push(`${tcId} ${comment}`);
      }
      expect(wrong).toEqual([]);
    });
  }

  it.skipIf(!existsSync(new URL('ed25519_test.json', FOLDER)))('ed25519_test.json', async () => {
    const wrong: string[] = [];
    let count = 0;
    for (const { publicKey, tests } of groupsOf('ed25519_test.json')) {
      const key = crypto.ed25519(hex(publicKey?.pk ?? ''));
      for (const { tcId, comment, msg, sig, result } of tests) {
        count++;
        if ((await key.verify([hex(msg)], hex(sig))) !== (result === 'valid'))
          wrong.push(`${tcId} ${comment}`);
      }
    }
    expect(count).toBe(151);
    expect(wrong).toEqual([]);
  });
});
