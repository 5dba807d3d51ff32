import { describe, expect, it } from 'vitest';
import { standardWebhooks } from '../src/standard-webhooks.ts';
import {
  configurationError,
  ed25519,
  judge,
  mac,
  NOW,
  OTHER_PUBLIC_KEY,
  OTHER_SEED,
  PUBLIC_KEY,
  receiverOf,
  request,
  SECONDS,
  SEED,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const KEY = Buffer.from('31c29cf6bf0618aab4f1a8c24b1c35a8', 'hex');
const OTHER_KEY = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const secret = `whsec_${KEY.toString('base64')}`;
const toWhpk = (hex: string): string => `whpk_${Buffer.from(hex, 'hex').toString('base64')}`;
const publicKey = toWhpk(PUBLIC_KEY);

const BODY = '{"type":"user.created","data":{"id":"u_1"}}';
const ID = 'msg_1';

const v1 = (key: Uint8Array = KEY, id = ID, at = String(SECONDS), body = BODY): string =>
  `v1,${mac('sha256', key, 'base64', `${id}.${at}.${body}`)}`;
const v1a = (seed = SEED, id = ID, at = String(SECONDS), body = BODY): string =>
  `v1a,${ed25519(seed, `${id}.${at}.${body}`).toString('base64')}`;

const delivery = (signature: string, headers: Record<string, string> = {}) =>
  request({
    headers: {
      'webhook-id': ID,
      'webhook-timestamp': String(SECONDS),
      'webhook-signature': signature,
      ...headers,
    },
    body: BODY,
  });

describe('a signature header', () => {
  const symmetric = verifierOf(standardWebhooks({ secret }));
  const asymmetric = verifierOf(standardWebhooks({ publicKey }));
  const both = verifierOf(standardWebhooks({ secret, publicKey }));

  const ok = 'accepted';
  const mismatch = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
  const malformed = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
  const raw = (signature: string): string => signature.slice(signature.indexOf(',') + 1);

  it.each<[name: string, header: string, symmetric: string, asymmetric: string, both: string]>([
    ['v1', v1(), ok, malformed, ok],
    ['v1a', v1a(), malformed, ok, ok],
    ['v1 and v1a', `${v1()} ${v1a()}`, ok, ok, ok],
    ['v1a and v1', `${v1a()} ${v1()}`, ok, ok, ok],
    ['wrong v1, right v1a', `${v1(OTHER_KEY)} ${v1a()}`, mismatch, ok, ok],
    ['right v1, wrong v1a', `${v1()} ${v1a(OTHER_SEED)}`, ok, mismatch, ok],
    ['both wrong', `${v1(OTHER_KEY)} ${v1a(OTHER_SEED)}`, mismatch, mismatch, mismatch],
    ['an unknown label before', `v2,${raw(v1())} ${v1()}`, ok, malformed, ok],
    ['an unknown label after', `${v1a()} v9,whatever`, malformed, ok, ok],
    ['an unknown label alone', `v2,${raw(v1())}`, malformed, malformed, malformed],
    ['labels exchanged', `v1,${raw(v1a())} v1a,${raw(v1())}`, malformed, malformed, malformed],
    ['another case', v1().replace('v1', 'V1'), malformed, malformed, malformed],
    ['no label', raw(v1()), malformed, malformed, malformed],
    ['an equals sign for the comma', v1().replace(',', '='), malformed, malformed, malformed],
    ['the old one first', `${v1(OTHER_KEY)} ${v1()}`, ok, malformed, ok],
    ['two spaces between', `${v1(OTHER_KEY)}  ${v1()}`, ok, malformed, ok],
    ['joined by commas alone', `${v1(OTHER_KEY)},${v1()}`, malformed, malformed, malformed],
    ['without padding', v1().replace(/=+$/, ''), malformed, malformed, malformed],
    ['the URL alphabet', `v1,${'-_'.repeat(21)}_=`, malformed, malformed, malformed],
    ['16 of them, the last right', `${`${v1(OTHER_KEY)} `.repeat(15)}${v1()}`, ok, malformed, ok],
    [
      '17 of them, the first right',
      `${v1()}${` ${v1(OTHER_KEY)}`.repeat(16)}`,
      malformed,
      malformed,
      malformed,
    ],
    ['more than 8 KiB', `${v1()} ${'v9,x '.repeat(1640)}`, malformed, malformed, malformed],
  ])('with %s', async (_, header, ...expected) => {
    const verdicts = await Promise.all(
      [symmetric, asymmetric, both].map((each) => verdictOf(each, delivery(header))),
    );
    expect(verdicts).toEqual(expected);
  });
});

describe('keys', () => {
  const accepts = async (options: Parameters<typeof standardWebhooks>[0], header: string) =>
    (await verdictOf(verifierOf(standardWebhooks(options)), delivery(header))) === 'accepted';

  it.each<[name: string, options: Parameters<typeof standardWebhooks>[0], v1: boolean, v1a: boolean]>([
    ['a secret with its prefix', { secret }, true, false],
    ['a secret without', { secret: secret.slice('whsec_'.length) }, true, false],
    ["a secret's bytes", { secret: KEY }, true, false],
    ['a public key', { publicKey }, false, true],
    ["a public key's bytes", { publicKey: Buffer.from(PUBLIC_KEY, 'hex') }, false, true],
    ['both kinds', { secret, publicKey }, true, true],
    ['both kinds in one list: the mark tells them apart', { secret: [secret, publicKey] }, true, true],
    ['another public key', { publicKey: toWhpk(OTHER_PUBLIC_KEY) }, false, false],
    ['a rotation', { secret: [`whsec_${OTHER_KEY.toString('base64')}`, secret] }, true, false],
    ['a resolver', { secret: async () => ({ id: 'tenant', value: secret }) }, true, false],
  ])('takes %s', async (_, options, symmetric, asymmetric) => {
    expect(await accepts(options, v1())).toBe(symmetric);
    expect(await accepts(options, v1a())).toBe(asymmetric);
  });

  it.each<[name: string, options: Record<string, unknown>]>([
    ['nothing', {}],
    ['an unset variable', { secret: undefined }],
    ['an empty secret', { secret: '' }],
    ['a prefix alone', { secret: 'whsec_' }],
    ['a secret that is no base64', { secret: 'whsec_not base64!' }],
    ['a secret cut short', { secret: secret.slice(0, -3) }],
    ['a space at its end', { secret: `${secret} ` }],
    ['a newline at its end', { secret: `${secret}\n` }],
    ['a private key as the secret', { secret: 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=' }],
    ['a private key as the public one', { publicKey: 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=' }],
    ['a public key without its prefix', { publicKey: publicKey.slice('whpk_'.length) }],
    ['a public key in hex', { publicKey: PUBLIC_KEY }],
    ['a public key cut short', { publicKey: toWhpk(PUBLIC_KEY.slice(2)) }],
    ['no keys in the list', { secret: [] }],
    ['a wrong one in the list', { secret: [secret, ''] }],
  ])('refuses %s', (_, options) => {
    expect(configurationError(() => standardWebhooks(options as never))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

it('says that a private key is one', () => {
  expect(() => standardWebhooks({ secret: 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=' })).toThrow(
    /whsk_.*private key/,
  );
});

describe('id and timestamp', () => {
  const receiver = verifierOf(standardWebhooks({ secret }));
  const signed = (id: string, at: string) =>
    delivery(v1(KEY, id, at), { 'webhook-id': id, 'webhook-timestamp': at });

  it.each([
    [
      'an id with a dot: where it ends is not certain',
      'msg_1.17640',
      String(SECONDS),
      'ERR_WEBHOOK_ID_MALFORMED',
    ],
    ['an empty id', '', String(SECONDS), 'ERR_WEBHOOK_ID_MALFORMED'],
    ['an id of two words', 'msg 1', String(SECONDS), 'ERR_WEBHOOK_ID_MALFORMED'],
    ['an id of 257 characters', 'm'.repeat(257), String(SECONDS), 'ERR_WEBHOOK_ID_MALFORMED'],
    ['an id of 256', 'm'.repeat(256), String(SECONDS), 'accepted'],
    ['a fraction', ID, `${SECONDS}.5`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['a sign', ID, `+${SECONDS}`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['a leading zero', ID, `0${SECONDS}`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['a word after it', ID, `${SECONDS}junk`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['hex', ID, `0x${SECONDS.toString(16)}`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['an exponent', ID, '1.764e9', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['nothing', ID, '', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['milliseconds', ID, String(NOW), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ['before 1970', ID, '-1', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['zero', ID, '0', 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  ])('rightly signed, with %s', async (_, id, at, expected) => {
    expect(await verdictOf(receiver, signed(id, at))).toBe(expected);
  });

  it.each([
    ['webhook-id', 'ERR_WEBHOOK_ID_MISSING'],
    ['webhook-timestamp', 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
    ['webhook-signature', 'ERR_WEBHOOK_SIGNATURE_MISSING'],
  ])('without %s', async (missing, code) => {
    const sent = delivery(v1());
    (sent.headers as Headers).delete(missing);
    expect(await verdictOf(receiver, sent)).toBe(code);
  });

  it.each([
    ['webhook-id', 'msg_2'],
    ['webhook-timestamp', String(SECONDS + 1)],
  ])('with another %s than the signed one', async (name, value) => {
    expect(await verdictOf(receiver, delivery(v1(), { [name]: value }))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
  });
});

describe('an event', () => {
  it('has everything signed', async () => {
    const { event } = await judge(verifierOf(standardWebhooks({ secret })), delivery(v1()));
    expect(event).toMatchObject({
      id: ID,
      type: 'user.created',
      payload: { type: 'user.created', data: { id: 'u_1' } },
      provider: 'standard-webhooks',
      timestamp: new Date(NOW),
      signed: { id: true, type: true, timestamp: true },
      secretId: '0',
    });
  });

  it('is the same one when it comes again, later and signed anew', async () => {
    const handled: unknown[] = [];
    const receiver = receiverOf(standardWebhooks({ secret }), { on: { '*': ({ id }) => handled.push(id) } });
    const later = String(SECONDS + 5);
    expect(await receiver.receive(delivery(v1()))).toMatchObject({ kind: 'accepted' });
    const retry = delivery(v1(KEY, ID, later), { 'webhook-timestamp': later });
    expect(await receiver.receive(retry)).toMatchObject({ kind: 'duplicate' });
    const other = delivery(v1(KEY, 'msg_2'), { 'webhook-id': 'msg_2' });
    expect(await receiver.receive(other)).toMatchObject({ kind: 'accepted' });
    expect(handled).toEqual([ID, 'msg_2']);
  });
});
