import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  ed25519,
  hmac,
  type OpenEvents,
  type Provider,
  type SecretFormat,
  type SecretInput,
  token,
  type WebhookRequest,
} from '../src/index.ts';
import { codeOf, macOf, NOW, request, thrownBy, utf8 } from './support/acme.ts';

const BASE64 = Buffer.from('thirty-two bytes make one key...').toString('base64');
const HEX = Buffer.from('thirty-two bytes make one key...').toString('hex');

/** A provider whose secrets are written as `secret` says. */
const written = (secret: SecretFormat) =>
  defineProvider({
    name: 'written',
    scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'], secret }),
  });

const plain = written({ encoding: 'utf8' });
const marked = written({ encoding: 'base64', prefix: 'whsec_' });
const loose = written({ encoding: 'base64', prefix: 'whsec_', prefixOptional: true });
const sized = written({ encoding: 'hex', length: 32 });
const choosy = written({ encoding: 'utf8', refuse: { sk_: 'an API key', pk_: 'an API key' } });
const keyed = defineProvider({
  name: 'keyed',
  scheme: ed25519({
    header: 'x-signature',
    encoding: 'hex',
    content: ['body'],
    publicKey: { encoding: 'hex' },
  }),
});

const wrong = (value: unknown): SecretInput => value as SecretInput;
const settings = { store: false, logger: false, now: () => NOW } as const;
const verify = (provider: Provider<OpenEvents>, sent: WebhookRequest) =>
  createReceiver(provider, settings).verify(sent);

/** Signed as `written` has it. */
const bodySigned = (secret: string | Uint8Array) =>
  request({ body: '{}', headers: { 'x-signature': macOf('sha256', secret, '{}').toString('hex') } });

describe('a wrong secret is refused by the factory', () => {
  it.each<[string, (input: SecretInput) => Provider, unknown, RegExp]>([
    [
      'undefined, as an unset variable is',
      (secret) => plain({ secret }),
      undefined,
      /^no secret is given.*environment variable/,
    ],
    ['null', (secret) => plain({ secret }), null, /^secret is null/],
    ['empty', (secret) => plain({ secret }), '', /^secret is empty/],
    ['empty bytes', (secret) => plain({ secret }), new Uint8Array(), /^secret is empty/],
    ['white space', (secret) => plain({ secret }), '  ', /^secret begins or ends with white space/],
    ['a space at the end', (secret) => plain({ secret }), 'hush-5512 ', /white space: trim it/],
    ['a line feed at the end', (secret) => plain({ secret }), 'hush-5512\n', /white space: trim it/],
    ['a space at the beginning', (secret) => plain({ secret }), '\thush-5512', /white space: trim it/],
    ['a no-break space at the end', (secret) => plain({ secret }), 'hush-5512\u00a0', /white space: trim it/],
    ['a BOM at the beginning', (secret) => plain({ secret }), '\ufeffhush-5512', /white space: trim it/],
    ['a number', (secret) => plain({ secret }), 5512, /^secret is number/],
    ['a boolean', (secret) => plain({ secret }), true, /^secret is boolean/],
    ['an object', (secret) => plain({ secret }), { hush: 5512 }, /^secret is undefined/],
    [
      'a promise that nobody awaited',
      (secret) => plain({ secret }),
      Promise.resolve('hush-5512'),
      /^secret is undefined/,
    ],
    ['no secrets', (secret) => plain({ secret }), [], /^no secret is given/],
    [
      'one of several unset',
      (secret) => plain({ secret }),
      ['hush-5512', undefined],
      /^secret\[1] is undefined/,
    ],
    ['one of several null', (secret) => plain({ secret }), [null, 'hush-5512'], /^secret\[0] is null/],
    ['one of several empty', (secret) => plain({ secret }), ['hush-5512', ''], /^secret\[1] is empty/],
    ['several in one', (secret) => plain({ secret }), [['hush-5512']], /^secret is undefined/],
    ['named without a value', (secret) => plain({ secret }), { id: 'a' }, /^secret is undefined/],
    ['named and empty', (secret) => plain({ secret }), { id: 'a', value: '' }, /^secret is empty/],
    [
      'named, with white space',
      (secret) => plain({ secret }),
      [{ id: 'a', value: 'hush-5512 ' }],
      /white space/,
    ],
    [
      'named, with no date',
      (secret) => plain({ secret }),
      { id: 'a', value: 'hush-5512', notAfter: new Date('soon') },
      /^secret\.notAfter must be/,
    ],
    [
      'named, with a date as text',
      (secret) => plain({ secret }),
      [{ id: 'a', value: 'hush-5512', notAfter: '2026-01-01' }, 'b'],
      /^secret\[0]\.notAfter must be/,
    ],
    ['without its prefix', (secret) => marked({ secret }), BASE64, /^secret must begin with "whsec_"/],
    [
      'with its prefix in upper case',
      (secret) => marked({ secret }),
      `WHSEC_${BASE64}`,
      /must begin with "whsec_"/,
    ],
    ['a prefix alone', (secret) => marked({ secret }), 'whsec_', /^secret is not base64 after "whsec_"/],
    [
      'unpadded behind its prefix',
      (secret) => marked({ secret }),
      `whsec_${BASE64.slice(0, -1)}`,
      /not base64 after "whsec_": copy it again/,
    ],
    ['another alphabet behind its prefix', (secret) => marked({ secret }), 'whsec_hush-5512', /not base64/],
    ['twice the prefix', (secret) => marked({ secret }), `whsec_whsec_${BASE64}`, /not base64/],
    ['another prefix', (secret) => loose({ secret }), `whpk_${BASE64}`, /not base64/],
    ['hex of odd length', (secret) => sized({ secret }), HEX.slice(1), /^secret is not hex/],
    ['upper-case hex', (secret) => sized({ secret }), HEX.toUpperCase(), /^secret is not hex/],
    ['too short', (secret) => sized({ secret }), HEX.slice(2), /^secret holds 31 bytes where 32 are needed/],
    ['too long', (secret) => sized({ secret }), `${HEX}00`, /^secret holds 33 bytes where 32/],
    ['bytes too short', (secret) => sized({ secret }), new Uint8Array(31), /^secret holds 31 bytes where 32/],
    [
      'an API key',
      (secret) => choosy({ secret }),
      'sk_hush-5512',
      /^secret begins with "sk_": this is an API key/,
    ],
    ['a publishable key', (secret) => choosy({ secret }), 'pk_hush-5512', /begins with "pk_"/],
    ['a public key that is none', (publicKey) => keyed({ publicKey }), 'hush-5512', /^publicKey is not hex/],
    [
      'a public key too short',
      (publicKey) => keyed({ publicKey }),
      'ab'.repeat(31),
      /^publicKey holds 31 bytes where 32/,
    ],
    ['no public key', (publicKey) => keyed({ publicKey }), undefined, /^no publicKey is given/],
  ])('%s', (_, make, value, message) => {
    const error = thrownBy(() => make(wrong(value)));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_SECRET',
      message: expect.stringMatching(message),
    });
    for (const part of ['5512', BASE64.slice(0, 20), HEX.slice(2, 20), HEX.slice(2, 20).toUpperCase()]) {
      expect(inspect(error)).not.toContain(part);
    }
  });
});

describe('a right secret', () => {
  const key = Buffer.from(HEX, 'hex');

  it.each<[string, Provider<OpenEvents>, string | Uint8Array]>([
    ['as text', plain({ secret: 'a secret' }), 'a secret'],
    ['as text beyond ASCII', plain({ secret: 'p\u00e4ss\ud83d\ude00' }), 'p\u00e4ss\ud83d\ude00'],
    ['as bytes', plain({ secret: utf8('a secret') }), 'a secret'],
    ['as a Buffer', sized({ secret: key }), key],
    ['after its prefix', marked({ secret: `whsec_${BASE64}` }), key],
    ['after a prefix that may be left out', loose({ secret: `whsec_${BASE64}` }), key],
    ['without a prefix that may be left out', loose({ secret: BASE64 }), key],
    ['of a fixed length', sized({ secret: HEX }), key],
    ['that holds a refused beginning elsewhere', choosy({ secret: 'a_sk_' }), 'a_sk_'],
    ['named', plain({ secret: { id: 'a', value: 'a secret' } }), 'a secret'],
    ['named bytes', plain({ secret: { id: 'a', value: utf8('a secret') } }), 'a secret'],
  ])('%s', async (_, provider, secret) => {
    expect(await codeOf(verify(provider, bodySigned(secret)))).toBe('resolved');
    expect(await codeOf(verify(provider, bodySigned('another')))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });

  it('is kept as it was: wiping the bytes it came in changes nothing', async () => {
    const bearer = defineProvider({ name: 'bearer', scheme: token({ header: 'x-token' }) });
    const secrets = [utf8('a secret'), utf8('a secret')] as const;
    const [signed, sent] = [plain({ secret: secrets[0] }), bearer({ secret: secrets[1] })];
    for (const each of secrets) each.fill(0);
    expect(await codeOf(verify(signed, bodySigned(new Uint8Array(8))))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
    expect(await codeOf(verify(signed, bodySigned('a secret')))).toBe('resolved');
    expect(await codeOf(verify(sent, request({ body: '{}', headers: { 'x-token': 'a secret' } })))).toBe(
      'resolved',
    );
  });
});
