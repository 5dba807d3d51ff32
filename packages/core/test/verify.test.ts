import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defineProvider, ed25519, type HmacOptions, hmac } from '../src/index.ts';
import { macOf, request, SECRET, verdict, verify } from './support/acme.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';

const signing = (options: Partial<HmacOptions>) =>
  hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'], ...options });
const BODY = '{"a":"$& $1 $$ \\u0000"}';
const hex = (...content: (string | Uint8Array)[]) => macOf('sha256', SECRET, ...content).toString('hex');

describe('secrets and signatures', () => {
  const separated = defineProvider({
    name: 'several',
    scheme: signing({ pairs: { separator: ',', signature: 'v1', fields: ['t'] } }),
  });
  const by = (secret: string) => `v1=${macOf('sha256', secret, BODY).toString('hex')}`;
  const sent = (...entries: string[]) =>
    request({ body: BODY, headers: { 'x-signature': entries.join(',') } });
  const FOREIGN = by('foreign');

  it.each<[string, string[], string[], string]>([
    ['one each', ['a'], [by('a')], '0'],
    ['the second secret', ['a', 'b'], [by('b')], '1'],
    ['the second signature', ['a'], [FOREIGN, by('a')], '0'],
    ['the first signature', ['a'], [by('a'), FOREIGN], '0'],
    ['the second of both', ['a', 'b'], [FOREIGN, by('b')], '1'],
    ['the last of sixteen', ['a', 'b'], [...Array(15).fill(FOREIGN), by('b')], '1'],
    ['both secrets signed, in order', ['a', 'b'], [by('a'), by('b')], '0'],
    ['both secrets signed, the other way round', ['a', 'b'], [by('b'), by('a')], '0'],
    ['the same signature twice', ['a', 'b'], [by('b'), by('b')], '1'],
    ['beside one that cannot be decoded', ['a'], ['v1=zz', by('a')], '0'],
  ])('are tried, every pair: %s', async (_, secret, entries, secretId) => {
    expect((await verify(separated({ secret }), sent(...entries))).secretId).toBe(secretId);
  });

  it.each<[string, string[]]>([
    ['a foreign one', [FOREIGN]],
    ['sixteen foreign ones', Array(16).fill(FOREIGN)],
    ['one under another label', [by('a').replace('v1', 'v0'), FOREIGN]],
  ])('do not match: %s', async (_, entries) => {
    expect(await verdict(separated({ secret: ['a', 'b'] }), sent(...entries))).toBe(MISMATCH);
  });

  it('match by whole signatures only', async () => {
    const provider = defineProvider({ name: 'short', scheme: signing({}) })({ secret: SECRET });
    const good = hex(BODY);
    const verdictOf = (signature: string) =>
      verdict(provider, request({ body: BODY, headers: { 'x-signature': signature } }));
    expect(await verdictOf(good)).toBe('resolved');
    for (let at = 0; at < 64; at++) {
      const digit = ((Number.parseInt(good[at] as string, 16) + 1) % 16).toString(16);
      expect(await verdictOf(good.slice(0, at) + digit + good.slice(at + 1))).toBe(MISMATCH);
    }
    for (const wrong of ['', good.slice(0, 62), good.slice(0, 2), `${good}00`, good + good])
      expect(await verdictOf(wrong)).toBe(MALFORMED);
  });

  it.each<[HmacOptions['encoding'], (mac: Buffer) => string, string]>([
    ['hex', (mac) => mac.toString('hex'), 'resolved'],
    ['hex', (mac) => mac.toString('hex').toUpperCase(), MALFORMED],
    ['hex-any', (mac) => mac.toString('hex').toUpperCase(), 'resolved'],
    ['hex-any', (mac) => mac.toString('hex'), 'resolved'],
    ['base64', (mac) => mac.toString('base64'), 'resolved'],
    ['base64', (mac) => mac.toString('base64url'), MALFORMED],
    ['base64', (mac) => mac.toString('hex'), MALFORMED],
    ['base64url', (mac) => mac.toString('base64url'), 'resolved'],
    ['base64url', (mac) => mac.toString('base64'), MALFORMED],
  ])('are written as the record says: %s %s', async (encoding, write, wanted) => {
    // A body whose base64 has "+", "/" and padding, and whose hex has letters.
    const body = '{"n":6}';
    const mac = macOf('sha256', SECRET, body);
    expect(mac.toString('base64')).toMatch(/^(?=.*\+)(?=.*\/).*=$/);
    const provider = defineProvider({ name: 'encoded', scheme: signing({ encoding }) })({ secret: SECRET });
    expect(await verdict(provider, request({ body, headers: { 'x-signature': write(mac) } }))).toBe(wanted);
  });

  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)(
    'are made with the hash of the record: %s',
    async (hash) => {
      const provider = defineProvider({ name: 'hashed', scheme: signing({ hash }) })({ secret: SECRET });
      for (const used of ['sha1', 'sha256', 'sha384', 'sha512']) {
        const headers = { 'x-signature': macOf(used, SECRET, BODY).toString('hex') };
        expect(await verdict(provider, request({ body: BODY, headers }))).toBe(
          used === hash ? 'resolved' : MALFORMED,
        );
      }
    },
  );
});

describe('two schemes', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const both = defineProvider({
    name: 'both',
    scheme: [
      ed25519({ header: 'x-strong', encoding: 'hex', content: ['body'], publicKey: { encoding: 'hex' } }),
      hmac({ header: 'x-weak', hash: 'sha1', encoding: 'hex', prefix: 'sha1=', content: ['body'] }),
    ],
  });
  const strong = sign(null, Buffer.from(BODY), privateKey).toString('hex');
  const weak = `sha1=${macOf('sha1', SECRET, BODY).toString('hex')}`;
  const keys = { publicKey: raw, secret: SECRET };

  it.each<[string, Record<string, string>, { publicKey?: string; secret?: string }, string]>([
    ['both right', { 'x-strong': strong, 'x-weak': weak }, keys, 'resolved'],
    ['the stronger alone', { 'x-strong': strong }, keys, 'resolved'],
    ['the weaker alone', { 'x-weak': weak }, keys, 'resolved'],
    ['the stronger right, the weaker wrong', { 'x-strong': strong, 'x-weak': 'sha1=00' }, keys, 'resolved'],
    ['the stronger wrong, the weaker right', { 'x-strong': '00'.repeat(64), 'x-weak': weak }, keys, MISMATCH],
    ['the stronger malformed, the weaker right', { 'x-strong': 'none', 'x-weak': weak }, keys, MALFORMED],
    ['the stronger empty, the weaker right', { 'x-strong': '', 'x-weak': weak }, keys, MALFORMED],
    ['neither', {}, keys, MISSING],
    ['the weaker, with no secret for it', { 'x-weak': weak }, { publicKey: raw }, MISSING],
    [
      'the stronger wrong, with no key for it',
      { 'x-strong': 'none', 'x-weak': weak },
      { secret: SECRET },
      'resolved',
    ],
  ])('%s', async (_, headers, given, wanted) => {
    expect(await verdict(both(given as typeof keys), request({ body: BODY, headers }))).toBe(wanted);
  });

  it('never try the key of one on the other', async () => {
    const asKey = macOf('sha1', Buffer.from(raw, 'hex'), BODY).toString('hex');
    const asText = macOf('sha1', raw, BODY).toString('hex');
    for (const forged of [asKey, asText]) {
      expect(
        await verdict(both(keys), request({ body: BODY, headers: { 'x-weak': `sha1=${forged}` } })),
      ).toBe(MISMATCH);
    }
  });

  it('in one header are told apart by their labels', async () => {
    const signatures = 'x-signatures';
    const labelled = defineProvider({
      name: 'labelled',
      scheme: [
        ed25519({
          header: signatures,
          labels: { separator: ' ', label: 'v1a' },
          encoding: 'base64',
          content: ['body'],
          publicKey: { encoding: 'hex' },
        }),
        hmac({
          header: signatures,
          labels: { separator: ' ', label: 'v1' },
          hash: 'sha256',
          encoding: 'base64',
          content: ['body'],
        }),
      ],
    });
    const v1 = `v1,${macOf('sha256', SECRET, BODY).toString('base64')}`;
    const v1a = `v1a,${sign(null, Buffer.from(BODY), privateKey).toString('base64')}`;
    const sent = (value: string) => request({ body: BODY, headers: { [signatures]: value } });
    for (const value of [v1, v1a, `${v1} ${v1a}`, `${v1a} ${v1}`])
      expect(await verdict(labelled(keys), sent(value))).toBe('resolved');
    expect(await verdict(labelled({ secret: SECRET } as typeof keys), sent(v1a))).toBe(MALFORMED);
    expect(await verdict(labelled(keys), sent(v1.replace('v1,', 'v1a,')))).toBe(MALFORMED);
  });
});
