import { defineProvider, isWebhookError } from '@countersign/core';
import { describe, expect, it, vi } from 'vitest';
import { moralis } from '../src/moralis.ts';
import { patreon } from '../src/patreon.ts';
import { missingPeer } from '../src/schemes/missing-peer.ts';
import { nobleSha3 } from '../src/schemes/noble-hashes.ts';
import { nobleMac } from '../src/schemes/noble-mac.ts';

import { mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-secret';
const BODY = '{"data":{"id":"1"}}';

const missing = () =>
  Promise.reject(missingPeer('@noble/hashes', new Error("Cannot find package '@noble/hashes'")));

describe('an optional package', () => {
  it('that is missing is an error of ours, which says what to install', async () => {
    vi.doMock('@noble/hashes/sha3.js', () => {
      throw new Error("Cannot find package '@noble/hashes'");
    });
    const thrown: unknown = await nobleSha3().catch((error: unknown) => error);
    vi.doUnmock('@noble/hashes/sha3.js');
    expect(isWebhookError(thrown)).toBe(true);
    expect(thrown).toMatchObject({
      code: 'ERR_WEBHOOK_SECRET_UNAVAILABLE',
      status: 500,
      message: expect.stringContaining('npm install @noble/hashes'),
      cause: expect.any(Error),
    });
  });

  it('that is missing accepts nothing, and asks the sender to come again', async () => {
    const provider = defineProvider({
      name: 'patreon',
      scheme: nobleMac({ kind: 'x', header: 'x-signature', encoding: 'hex', length: 16, load: missing }),
    })({ secret });
    const headers = { 'x-signature': mac('md5', secret, 'hex', BODY) };
    const { status, body } = await receiverOf(provider).handle(request({ headers, body: BODY }));
    expect({ status, body }).toEqual({ status: 500, body: '{"error":"misconfigured"}' });
  });

  it('is loaded with the first delivery, not with the provider', async () => {
    const load = vi.fn(async () => () => new Uint8Array(16));
    const scheme = nobleMac({ kind: 'x', header: 'x-signature', encoding: 'hex', length: 16, load });
    const provider = defineProvider({ name: 'x', scheme })({ secret });
    expect(load).not.toHaveBeenCalled();
    const delivery = request({ headers: { 'x-signature': '00'.repeat(16) }, body: BODY });
    expect(await verdictOf(verifierOf(provider), delivery)).toBe('accepted');
    expect(load).toHaveBeenCalledTimes(1);
  });
});

describe('patreon', () => {
  const verifier = verifierOf(patreon({ secret }));
  const header = 'x-patreon-signature';
  const right = mac('md5', secret, 'hex', BODY);
  it.each([
    ['HMAC-MD5', right, 'accepted'],
    ['HMAC-SHA256', mac('sha256', secret, 'hex', BODY), 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
    ['upper case', right.toUpperCase(), 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
    ['of another body', mac('md5', secret, 'hex', '{}'), 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  ])('%s', async (_, signature, verdict) => {
    expect(await verdictOf(verifier, request({ headers: { [header]: signature }, body: BODY }))).toBe(
      verdict,
    );
  });

  it('agrees with another MD5 on keys and bodies of every length around a block', async () => {
    for (const length of [1, 55, 56, 63, 64, 65, 127, 128, 200]) {
      const key = 'k'.repeat(length);
      const body = JSON.stringify('b'.repeat(length));
      const headers = { [header]: mac('md5', key, 'hex', body) };
      expect(await verdictOf(verifierOf(patreon({ secret: key })), request({ headers, body }))).toBe(
        'accepted',
      );
    }
  });
});

describe('moralis', () => {
  // Keccak-256 of `{}a-secret`, and FIPS SHA3-256 of it, which is another hash.
  const KECCAK = '65234c327f8a44675851d396c9e8c388d91d06dae633b15a882fa4f077156074';
  const SHA3 = '5db3e41981f7eeb2600afe1ac2e6dea01cc0feae9872eb678852b57f4e222e46';
  it.each([
    ['Keccak-256', `0x${KECCAK}`, 'accepted'],
    ['SHA3-256', `0x${SHA3}`, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['no 0x', KECCAK, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ])('%s', async (_, signature, verdict) => {
    const delivery = request({ headers: { 'x-signature': signature }, body: '{}' });
    expect(await verdictOf(verifierOf(moralis({ secret })), delivery)).toBe(verdict);
  });
});
