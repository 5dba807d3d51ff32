import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Crypto,
  curveLength,
  type Hash,
  hashLength,
  type ImportPublicKey,
} from '../src/crypto/crypto.ts';
import { importPublicKey as importOnNode, crypto as node } from '../src/crypto/node.ts';
import { importPublicKey as importOnWeb, crypto as web } from '../src/crypto/web.ts';

import { rawSignature } from '../src/der.ts';
import type { MaybePromise } from '../src/maybe-promise.ts';

/** Beside the checkout; not part of it. */
const FOLDER = new URL('../../../../shared/wycheproof/', import.meta.url);

interface Group {
  readonly tagSize?: number;
  readonly publicKey?: { readonly pk: string };
  readonly publicKeyDer?: string;
  readonly publicKeyAsn?: string;
  readonly tests: readonly {
    readonly tcId: number;
    readonly comment: string;
    readonly key: string;
    readonly msg: string;
    readonly tag: string;
    readonly sig: string;
    /** `acceptable`: legacy encodings that a verifier may take or refuse. */
    readonly result: 'valid' | 'invalid' | 'acceptable';
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

type Verifies = (message: Uint8Array, signature: Uint8Array) => MaybePromise<boolean>;

interface SignatureFile {
  readonly file: string;
  readonly count: number;
  keyOf(group: Group, importPublicKey: ImportPublicKey): Verifies;
}

const p256 = { name: 'ecdsa', curve: 'P-256', hash: 'sha256' } as const;

const spkiOf = ({ publicKeyDer, publicKeyAsn }: Group): Uint8Array => hex(publicKeyDer ?? publicKeyAsn ?? '');

const signatures: readonly SignatureFile[] = [
  {
    file: 'ed25519_test.json',
    count: 151,
    keyOf(group, importPublicKey) {
      const key = importPublicKey({ name: 'ed25519' }, spkiOf(group));
      return (message, signature) => key.verify([message], signature);
    },
  },
  {
    file: 'ecdsa_secp256r1_sha256_p1363_test.json',
    count: 262,
    keyOf(group, importPublicKey) {
      const key = importPublicKey(p256, spkiOf(group));
      return (message, signature) => key.verify([message], signature);
    },
  },
  {
    file: 'ecdsa_secp256r1_sha256_test.json',
    count: 484,
    keyOf(group, importPublicKey) {
      const key = importPublicKey(p256, spkiOf(group));
      return (message, signature) => {
        const raw = rawSignature(signature, curveLength['P-256']);
        return raw === undefined ? false : key.verify([message], raw);
      };
    },
  },
  {
    file: 'rsa_signature_2048_sha256_test.json',
    count: 259,
    keyOf(group, importPublicKey) {
      const key = importPublicKey({ name: 'rsa', padding: 'pkcs1', hash: 'sha256' }, spkiOf(group));
      return (message, signature) => key.verify([message], signature);
    },
  },
];

describe.each<[string, Crypto, ImportPublicKey]>([
  ['node', node, importOnNode],
  ['web', web, importOnWeb],
])('Wycheproof (skipped where ../shared/wycheproof is not there): %s', (_, crypto, importPublicKey) => {
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

  for (const { file, count, keyOf } of signatures) {
    it.skipIf(!existsSync(new URL(file, FOLDER)))(file, async () => {
      const wrong: string[] = [];
      let seen = 0;
      for (const group of groupsOf(file)) {
        const verifies = keyOf(group, importPublicKey);
        for (const { tcId, comment, msg, sig, result } of group.tests) {
          seen++;
          const verdict = await verifies(hex(msg), hex(sig));
          if (result !== 'acceptable' && verdict !== (result === 'valid')) wrong.push(`${tcId} ${comment}`);
        }
      }
      expect(seen).toBe(count);
      expect(wrong).toEqual([]);
    });
  }
});
