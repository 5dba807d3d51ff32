import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  ed25519,
  hmac,
  type OpenEvents,
  type Provider,
  type SecretInput,
  token,
} from '../src/index.ts';
import { acme, codeOf, delivery, macOf, NOW, request, SECRET, thrownBy, utf8 } from './support/acme.ts';

const BASE64 = Buffer.from('thirty-two bytes make one key...').toString('base64');

const keyed = defineProvider({
  name: 'keyed',
  scheme: ed25519({
    header: 'x-signature',
    encoding: 'hex',
    content: ['body'],
    publicKey: { encoding: 'hex' },
  }),
});
const loose = defineProvider({
  name: 'loose',
  scheme: hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: { encoding: 'base64', prefix: 'whsec_', prefixOptional: true },
  }),
});

const settings = { store: false, logger: false, now: () => NOW } as const;
const verify = (provider: Provider<OpenEvents>, sent = delivery()) =>
  createReceiver(provider, settings).verify(sent);

describe('several secrets', () => {
  it.each<[string, SecretInput, string, string]>([
    ['one, alone', SECRET, SECRET, '0'],
    ['the first', [SECRET, 'other'], SECRET, '0'],
    ['the last', ['other', 'third', SECRET], SECRET, '2'],
    ['one that is there twice', ['other', SECRET, SECRET], SECRET, '1'],
    [
      'a named one',
      [
        { id: 'new', value: 'other' },
        { id: 'old', value: SECRET },
      ],
      SECRET,
      'old',
    ],
    ['a named one among others', ['other', { id: 'old', value: SECRET }], SECRET, 'old'],
  ])('are all tried, and the match is reported: %s', async (_, secret, secretOf, secretId) => {
    const event = await verify(acme({ secret }), delivery({}, { secret: secretOf }));
    expect(event.secretId).toBe(secretId);
  });

  it.each<[string, Date | number]>([
    ['a Date', new Date(NOW)],
    ['Unix milliseconds', NOW],
  ])('end at their notAfter: %s', async (_, notAfter) => {
    const provider = acme({
      secret: [
        { id: 'old', value: 'old', notAfter },
        { id: 'new', value: 'new' },
      ],
    });
    const at = (now: number, secret: string) =>
      codeOf(createReceiver(provider, { ...settings, now: () => now }).verify(delivery({}, { secret })));
    expect(await at(NOW - 1, 'old')).toBe('resolved');
    expect(await at(NOW, 'old')).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    expect(await at(NOW, 'new')).toBe('resolved');
  });

  it('are our fault when all have ended', async () => {
    const ended = { id: 'old', value: SECRET, notAfter: NOW };
    await expect(verify(acme({ secret: [ended, { ...ended, notAfter: NOW - 1 }] }))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SECRET_UNAVAILABLE',
      status: 500,
      message: expect.stringContaining('notAfter'),
    });
  });
});

describe('keys of two kinds', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  const both = defineProvider({
    name: 'both',
    scheme: [
      ed25519({
        header: 'x-strong',
        encoding: 'base64',
        content: ['body'],
        publicKey: { encoding: 'base64', prefix: 'whpk_', prefixOptional: true },
      }),
      hmac({
        header: 'x-weak',
        hash: 'sha256',
        encoding: 'hex',
        content: ['body'],
        secret: { encoding: 'base64', prefix: 'whsec_', prefixOptional: true },
      }),
    ],
  });

  const weak = request({
    body: '{}',
    headers: { 'x-weak': macOf('sha256', Buffer.from(BASE64, 'base64'), '{}').toString('hex') },
  });

  it.each<[string, Provider<OpenEvents>]>([
    ['each under its own name', both({ publicKey: raw, secret: BASE64 })],
    [
      'together under one name, told apart by their marks',
      both({ secret: [`whpk_${raw}`, `whsec_${BASE64}`] }),
    ],
    ['together under the other name', both({ publicKey: [raw, `whsec_${BASE64}`] })],
    ['one alone', both({ secret: BASE64 })],
  ])('are taken: %s', async (_, provider) => {
    expect(await codeOf(verify(provider, weak))).toBe('resolved');
  });

  it('are needed: at least one', () => {
    const error = thrownBy(() => both({ secret: undefined, publicKey: undefined }));
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_SECRET',
      message: expect.stringMatching(/^no publicKey or secret is given/),
    });
  });

  it('come from one function, not from a function and a value', () => {
    const error = thrownBy(() => both({ secret: () => SECRET, publicKey: raw }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_SECRET',
      message: expect.stringContaining('is a function'),
    });
  });
});

describe('what is printed', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const hidden = 'hush-5512-Xy';

  it.each<[string, Provider<OpenEvents>, string]>([
    ['one', acme({ secret: hidden }), hidden],
    ['several', acme({ secret: ['other', hidden] }), hidden],
    ['named', acme({ secret: { id: 'a', value: hidden, notAfter: NOW + 1 } }), hidden],
    ['bytes', acme({ secret: utf8(hidden) }), hidden],
    ['base64', loose({ secret: Buffer.from(hidden).toString('base64') }), hidden],
    [
      'a token',
      defineProvider({ name: 'bearer', scheme: token({ header: 'x-token' }) })({ secret: hidden }),
      hidden,
    ],
    ['a public key', keyed({ publicKey: raw.toString('hex') }), raw.toString('latin1')],
  ])('shows no secret: %s', async (_, provider, secret) => {
    const receiver = createReceiver(provider, settings);
    await receiver.receive(delivery({}, { headers: { 'x-token': 'a', 'x-signature': 'ab'.repeat(32) } }));
    const bytes = Buffer.from(secret, 'latin1');
    for (const value of [provider, provider.keyring, receiver, provider.keyring.select(request(), NOW)]) {
      const outputs = [inspect(value, { depth: 20, showHidden: true, getters: true }), JSON.stringify(value)];
      for (const form of [
        secret,
        bytes.toString('hex'),
        bytes.toString('hex').match(/../g)?.join(' '),
        bytes.toString('base64'),
        bytes.join(', '),
        bytes.join(','),
      ]) {
        for (const output of outputs) expect(output).not.toContain(form);
      }
    }
  });
});
