import { generateKeyPairSync, sign } from 'node:crypto';
import type { Envelope } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { detachedJws } from '../../src/keys/detached-jws.ts';
import { ed25519Jwks, rs512Jwks } from '../../src/keys/jwks.ts';

const ed = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const edJwk = ed.publicKey.export({ format: 'jwk' });
const rsaJwk = rsa.publicKey.export({ format: 'jwk' });

const set = (...keys: readonly object[]): string => JSON.stringify({ keys });

const content = 'what is signed';
const envelope = (signature: Uint8Array) => ({ signatures: [signature] }) as unknown as Envelope;

describe('the keys of a set', () => {
  it('verify, those of Ed25519', async () => {
    const keys = await ed25519Jwks(set({ ...edJwk, kid: 'a' }));
    const signature = sign(null, Buffer.from(content), ed.privateKey);
    expect([...keys.keys()]).toEqual(['a']);
    expect(await keys.get('a')?.verify([content], envelope(signature))).toBe(true);
    expect(await keys.get('a')?.verify(['else'], envelope(signature))).toBe(false);
  });

  it('verify, those of RSA, with SHA-512 and no other hash', async () => {
    const keys = await rs512Jwks(set({ ...rsaJwk, kid: 'a', alg: 'RS512', use: 'sig' }));
    const by = (hash: string) => sign(hash, Buffer.from(content), rsa.privateKey);
    expect(await keys.get('a')?.verify([content], envelope(by('sha512')))).toBe(true);
    expect(await keys.get('a')?.verify([content], envelope(by('sha256')))).toBe(false);
  });

  it('without ids are numbered, and those for something else are left out', async () => {
    const keys = await ed25519Jwks(
      set(rsaJwk, edJwk, { ...edJwk, use: 'enc', kid: 'b' }, { ...edJwk, kid: 'c' }),
    );
    expect([...keys.keys()]).toEqual(['#1', 'c']);
  });

  it.each([
    ['with none of the kind', set(rsaJwk)],
    ['with none', set()],
    ['that is no set', '[]'],
    ['that is no JSON', '<html></html>'],
    ['with a key cut short', set({ ...edJwk, x: 'AAAA' })],
    ['with a key that is no text', set({ ...edJwk, x: 5 })],
    ['with a key of another curve', set({ ...edJwk, crv: 'X25519' })],
    ['with a shared secret', set({ kty: 'oct', k: 'AAAA' })],
  ])('in a set %s are none', async (_, text) => {
    await expect(ed25519Jwks(text)).rejects.toThrow();
  });

  it.each([
    ['without an exponent', { kty: 'RSA', n: rsaJwk.n }],
    ['without a modulus', { kty: 'RSA', e: 'AQAB' }],
    ['of Ed25519', edJwk],
  ])('of RSA %s are none', async (_, jwk) => {
    await expect(rs512Jwks(set(jwk))).rejects.toThrow();
  });
});

describe('a detached JWS', () => {
  const head = Buffer.from('{"alg":"EdDSA"}').toString('base64url');

  it('is taken apart', () => {
    expect(detachedJws(`${head}..AQID`)).toEqual({
      protected: head,
      header: { alg: 'EdDSA' },
      signature: new Uint8Array([1, 2, 3]),
    });
  });

  it.each([
    '',
    '..',
    `${head}..`,
    '..AQID',
    `${head}.AQID`,
    `${head}.e30.AQID`,
    `${head}...AQID`,
    `${head}..AQID=`,
    `${head}..AQ+D`,
    `${head}..AQID\n`,
    `${Buffer.from('null').toString('base64url')}..AQID`,
    `${Buffer.from('"a"').toString('base64url')}..AQID`,
    `${Buffer.from('{').toString('base64url')}..AQID`,
    `${head}..A`,
  ])('%j is none', (text) => {
    expect(detachedJws(text)).toBeUndefined();
  });
});
