import { constants, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defineProvider, ecdsa, ed25519, rsa, type Scheme } from '../src/index.ts';
import { request, thrownBy, utf8, verdict } from './support/acme.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

const BODY = '{"a":1}';
const place = { header: 'x-signature', encoding: 'base64', content: ['body'] } as const;

type Signer = (key: KeyObject, body: Uint8Array) => Buffer;

const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = () => generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa2048 = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Every algorithm beside Node's own way of signing by it. */
const algorithms: readonly [string, Scheme<'publicKey'>, () => ReturnType<typeof p256>, Signer][] = [
  [
    'ECDSA P-256, DER',
    ecdsa({ ...place, curve: 'P-256', hash: 'sha256', form: 'der' }),
    p256,
    (key, body) => sign('sha256', body, key),
  ],
  [
    'ECDSA P-256 with SHA-1, DER',
    ecdsa({ ...place, curve: 'P-256', hash: 'sha1', form: 'der' }),
    p256,
    (key, body) => sign('sha1', body, key),
  ],
  [
    'ECDSA P-384, raw',
    ecdsa({ ...place, curve: 'P-384', hash: 'sha384', form: 'raw' }),
    p384,
    (key, body) => sign('sha384', body, { key, dsaEncoding: 'ieee-p1363' }),
  ],
  [
    'RSA PKCS #1 with SHA-256',
    rsa({ ...place, hash: 'sha256', padding: 'pkcs1' }),
    rsa2048,
    (key, body) => sign('sha256', body, key),
  ],
  [
    'RSA PKCS #1 with SHA-1',
    rsa({ ...place, hash: 'sha1', padding: 'pkcs1' }),
    rsa2048,
    (key, body) => sign('sha1', body, key),
  ],
  [
    'RSA PSS with SHA-512',
    rsa({ ...place, hash: 'sha512', padding: 'pss' }),
    rsa2048,
    (key, body) => sign('sha512', body, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }),
  ],
];

const factoryOf = (scheme: Scheme<'publicKey'>) => defineProvider({ name: 'keyed', scheme });
const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }) as string;
const sent = (signature: Uint8Array, body = BODY) =>
  request({ body, headers: { 'x-signature': Buffer.from(signature).toString('base64') } });

describe.each(algorithms)('%s', (name, scheme, generate, signBy) => {
  const { publicKey, privateKey } = generate();
  const signature = new Uint8Array(signBy(privateKey, utf8(BODY)));
  const factory = factoryOf(scheme);
  const provider = factory({ publicKey: pemOf(publicKey) });

  it('verifies what Node signed', async () => {
    expect(await verdict(provider, sent(signature))).toBe('resolved');
  });

  it('takes the key as PEM, on one line, with escaped line breaks, as base64 or as bytes', async () => {
    const pem = pemOf(publicKey);
    const base64 = (publicKey.export({ format: 'der', type: 'spki' }) as Buffer).toString('base64');
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    const spellings = [pem.trim(), pem.replaceAll('\n', ''), pem.replaceAll('\n', '\\n'), base64, bytes];
    for (const spelling of spellings) {
      expect(await verdict(factory({ publicKey: spelling }), sent(signature))).toBe('resolved');
    }
  });

  it('refuses another body, another key, and any changed byte', async () => {
    expect(await verdict(provider, sent(signature, `${BODY} `))).toBe(MISMATCH);
    const other = factory({ publicKey: pemOf(generate().publicKey) });
    expect(await verdict(other, sent(signature))).toBe(MISMATCH);
    for (let at = 0; at < signature.length; at++) {
      const changed = signature.slice();
      changed[at] = (changed[at] as number) ^ 1;
      expect([MISMATCH, MALFORMED]).toContain(await verdict(provider, sent(changed)));
    }
  });

  it('finds the key among several', async () => {
    const publicKeys = [pemOf(generate().publicKey), pemOf(publicKey)];
    expect(await verdict(factory({ publicKey: publicKeys }), sent(signature))).toBe('resolved');
  });

  it('refuses a key that is none when the provider is made', () => {
    for (const wrong of ['', 'not a key', '-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----']) {
      expect(thrownBy(() => factory({ publicKey: wrong }))).toMatchObject({
        name: 'TypeError',
        code: 'ERR_WEBHOOK_CONFIG_SECRET',
      });
    }
  });

  it('refuses a private key in its place', () => {
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    expect(createPrivateKey(pem).type).toBe('private');
    expect(thrownBy(() => factory({ publicKey: pem }))).toMatchObject({ code: 'ERR_WEBHOOK_CONFIG_SECRET' });
  });

  it('is named for what it is', () => {
    expect(name.toLowerCase()).toContain(scheme.kind);
  });
});

it('does not take raw signatures for DER, or DER for raw', async () => {
  const { publicKey, privateKey } = p256();
  const der = sign('sha256', utf8(BODY), privateKey);
  const raw = sign('sha256', utf8(BODY), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const of = (form: 'der' | 'raw') =>
    factoryOf(ecdsa({ ...place, curve: 'P-256', hash: 'sha256', form }))({ publicKey: pemOf(publicKey) });
  expect(await verdict(of('der'), sent(der))).toBe('resolved');
  expect(await verdict(of('raw'), sent(raw))).toBe('resolved');
  expect(await verdict(of('der'), sent(raw))).toBe(MISMATCH);
  expect(await verdict(of('raw'), sent(der))).toBe(MALFORMED);
});

it('does not verify under the hash or the padding of another algorithm', async () => {
  const { publicKey, privateKey } = rsa2048();
  const signature = sign('sha256', utf8(BODY), privateKey);
  const key = { publicKey: pemOf(publicKey) };
  for (const [hash, padding, wanted] of [
    ['sha256', 'pkcs1', 'resolved'],
    ['sha512', 'pkcs1', MISMATCH],
    ['sha1', 'pkcs1', MISMATCH],
    ['sha256', 'pss', MISMATCH],
  ] as const) {
    expect(await verdict(factoryOf(rsa({ ...place, hash, padding }))(key), sent(signature))).toBe(wanted);
  }
});

describe('a key of another kind', () => {
  const wrong = pemOf(generateKeyPairSync('ed25519').publicKey);
  it.each(algorithms)('is never verified with: %s', async (_, scheme) => {
    // Node tells when the provider is made; WebCrypto imports keys later, and then nothing verifies.
    const made = thrownBy(() => factoryOf(scheme)({ publicKey: wrong }));
    if (made !== undefined) expect(made).toMatchObject({ code: 'ERR_WEBHOOK_CONFIG_SECRET' });
    else {
      const provider = factoryOf(scheme)({ publicKey: wrong });
      expect(await verdict(provider, sent(new Uint8Array(64).fill(1)))).not.toBe('resolved');
    }
  });
});

it('refuses an Ed25519 key of another length', () => {
  const scheme = ed25519({ ...place, publicKey: { encoding: 'hex' } });
  expect(thrownBy(() => factoryOf(scheme)({ publicKey: 'ab'.repeat(31) }))).toMatchObject({
    code: 'ERR_WEBHOOK_CONFIG_SECRET',
    message: expect.stringContaining('31 bytes where 32 are needed'),
  });
});
