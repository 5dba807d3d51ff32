import { constants, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { type Envelope, ecdsa, ed25519, rsa, type Scheme } from '@countersign/core';
import fc from 'fast-check';
import { editedBytes } from '../inputs.ts';
import { type Primitive, primitive } from '../primitive.ts';

const place = { header: 'x-signature', encoding: 'base64', content: ['body'] } as const;
const raw = { dsaEncoding: 'ieee-p1363' } as const;
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

interface Row {
  readonly name: string;
  readonly scheme: Scheme;
  readonly keys: () => { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly hash: string | null;
  readonly options?: object;
}

const curve = (namedCurve: string) => () => generateKeyPairSync('ec', { namedCurve });
const modulus = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

const rows: readonly Row[] = [
  {
    name: 'Ed25519',
    scheme: ed25519({ ...place, publicKey: { encoding: 'hex' } }),
    keys: () => generateKeyPairSync('ed25519'),
    hash: null,
  },
  {
    name: 'ECDSA P-256, DER',
    scheme: ecdsa({ ...place, curve: 'P-256', hash: 'sha256', form: 'der' }),
    keys: curve('P-256'),
    hash: 'sha256',
  },
  {
    name: 'ECDSA P-256, raw',
    scheme: ecdsa({ ...place, curve: 'P-256', hash: 'sha256', form: 'raw' }),
    keys: curve('P-256'),
    hash: 'sha256',
    options: raw,
  },
  {
    name: 'ECDSA P-384, DER',
    scheme: ecdsa({ ...place, curve: 'P-384', hash: 'sha384', form: 'der' }),
    keys: curve('P-384'),
    hash: 'sha384',
  },
  {
    name: 'RSA PKCS #1',
    scheme: rsa({ ...place, hash: 'sha256', padding: 'pkcs1' }),
    keys: modulus,
    hash: 'sha256',
  },
  {
    name: 'RSA PSS',
    scheme: rsa({ ...place, hash: 'sha512', padding: 'pss' }),
    keys: modulus,
    hash: 'sha512',
    options: pss,
  },
];

const MESSAGES = ['', 'a', '$&', '{"a":1}', '\u0000\ud83d\ude00', 'x'.repeat(1000)];

export const publicKeys: readonly Primitive[] = rows.map(({ name, scheme, keys, hash, options }) => {
  const { publicKey, privateKey } = keys();
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  const key = scheme.key(hash === null ? spki.subarray(-32) : spki);
  const signed = MESSAGES.map(
    (message) =>
      [message, new Uint8Array(sign(hash, Buffer.from(message), { key: privateKey, ...options }))] as const,
  );
  return primitive({
    name: `verify ${name}`,
    share: 0.3,
    inputs: fc.constantFrom(...signed).chain(([message, signature]) =>
      fc.record({
        message: fc.oneof({ weight: 5, arbitrary: fc.constant(message) }, fc.constantFrom(...MESSAGES)),
        signature: fc.oneof(fc.constant(signature), editedBytes(fc.constant(signature), 1)),
      }),
    ),
    async ours({ message, signature }) {
      const envelope = { signatures: [signature] } as unknown as Envelope;
      return (await key.verify([message], envelope)) === true ? 'verified' : undefined;
    },
    theirs: ({ message, signature }) =>
      verify(hash, Buffer.from(message), { key: publicKey, ...options }, signature) ? 'verified' : undefined,
  });
});
