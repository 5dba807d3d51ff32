import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { googlePubsub } from '../src/google-pubsub.ts';
import { vonage } from '../src/vonage.ts';
import { type HttpsServer, serveHttps } from './support/https-server.ts';
import { makeJwt } from './support/make-jwt.ts';
import { judge, NOW, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';
import { selfSigned } from './support/self-signed.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

const email = 'push@project.iam.gserviceaccount.com';
const audience = 'https://example.com/push';
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = own.publicKey.export({ type: 'spki', format: 'pem' }) as string;

const jwk = (key: KeyObject, kid: string, rest: object = { alg: 'RS256', use: 'sig' }) => ({
  ...createPublicKey(key.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' }),
  kid,
  ...rest,
});

const keys = JSON.stringify({
  keys: [
    jwk(other.publicKey, 'other'),
    jwk(own.publicKey, 'k1'),
    jwk(curve.publicKey, 'curve', {}),
    jwk(own.publicKey, 'for-encryption', { use: 'enc' }),
    { kty: 'oct', k: Buffer.from('shared').toString('base64url'), kid: 'oct', alg: 'HS256' },
  ],
});

const good = {
  iss: 'https://accounts.google.com',
  aud: audience,
  email,
  email_verified: true,
  iat: SECONDS,
  exp: SECONDS + 3600,
};

const body = '{"message":{"messageId":"1","data":""}}';
const delivery = (authorization: string) => request({ headers: { authorization }, body });
const bearer = (token: string): string => `Bearer ${token}`;
const rs256 = (claims: object = {}, header: object = {}): string =>
  makeJwt('RS256', own.privateKey, { ...good, ...claims }, { kid: 'k1', ...header });

const google = (fetch: typeof globalThis.fetch = async () => new Response(keys), now = NOW) =>
  verifierOf(googlePubsub({ audience, email, fetch }), { now: () => now });

describe('a token with a published key', () => {
  const receiver = google();
  const genuine = rs256();
  const [head = '', claims = '', signature = ''] = genuine.split('.');
  const last = signature.at(-1) as string;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const otherSpelling = signature.slice(0, -1) + alphabet[alphabet.indexOf(last) ^ 1];

  it('is taken', async () => {
    const { event } = await judge(receiver, delivery(bearer(genuine)));
    expect(event).toMatchObject({
      id: '1',
      timestamp: new Date(NOW),
      signed: { id: false, timestamp: true },
      secretId: 'jwt',
    });
  });

  const rows: [string, string, string][] = [
    ['alg none', bearer(makeJwt('none', '', good, { kid: 'k1' })), MISMATCH],
    [
      'alg none, with the signature left',
      bearer(`${makeJwt('none', '', good, { kid: 'k1' })}${signature}`),
      MISMATCH,
    ],
    ['HS256 with the public key as its secret', bearer(makeJwt('HS256', pem, good, { kid: 'k1' })), MISMATCH],
    ['HS256 with the key of the set', bearer(makeJwt('HS256', 'shared', good, { kid: 'oct' })), MISMATCH],
    ['RS512', bearer(makeJwt('RS512', own.privateKey, good, { kid: 'k1' })), MISMATCH],
    [
      'RS512 that calls itself RS256',
      bearer(makeJwt('RS512', own.privateKey, good, { alg: 'RS256', kid: 'k1' })),
      MISMATCH,
    ],
    ['ES256 of the set', bearer(makeJwt('ES256', curve.privateKey, good, { kid: 'curve' })), MISMATCH],
    ['the id of another key', bearer(rs256({}, { kid: 'other' })), MISMATCH],
    ['the id of a key for encryption', bearer(rs256({}, { kid: 'for-encryption' })), MISMATCH],
    ['an unknown key', bearer(rs256({}, { kid: 'k9' })), MISMATCH],
    ['no key id, where there are several keys', bearer(rs256({}, { kid: undefined })), MISMATCH],
    [
      'a key of its own in its header',
      bearer(makeJwt('RS256', other.privateKey, good, { kid: 'k1', jwk: jwk(other.publicKey, 'k1') })),
      MISMATCH,
    ],
    [
      'a key address in its header',
      bearer(makeJwt('RS256', other.privateKey, good, { kid: 'k1', jku: 'https://evil.example/' })),
      MISMATCH,
    ],
    ['an extension that must be understood', bearer(rs256({}, { crit: ['x'], x: 1 })), MISMATCH],
    ['another issuer', bearer(rs256({ iss: 'https://evil.example' })), MISMATCH],
    ['no issuer', bearer(rs256({ iss: undefined })), MISMATCH],
    ['another audience', bearer(rs256({ aud: 'https://example.com/' })), MISMATCH],
    ['no audience', bearer(rs256({ aud: undefined })), MISMATCH],
    ['another account', bearer(rs256({ email: 'someone@example.com' })), MISMATCH],
    ['no account', bearer(rs256({ email: undefined })), MISMATCH],
    ['an account that is not verified', bearer(rs256({ email_verified: undefined })), MISMATCH],
    ['no expiry', bearer(rs256({ exp: undefined })), MISMATCH],
    ['an expiry as text', bearer(rs256({ exp: String(good.exp) })), MISMATCH],
    ['an expiry that has passed', bearer(rs256({ exp: SECONDS - 301 })), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['a beginning that is to come', bearer(rs256({ nbf: SECONDS + 301 })), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ['a moment that is to come', bearer(rs256({ iat: SECONDS + 301 })), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ['a moment long past', bearer(rs256({ iat: SECONDS - 3601 })), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['no moment', bearer(rs256({ iat: undefined })), 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
    ['a moment as text', bearer(rs256({ iat: 'now' })), MISMATCH],
    ['another spelling of its signature', bearer(`${head}.${claims}.${otherSpelling}`), MISMATCH],
    ['padding', bearer(`${genuine}=`), MISMATCH],
    ['its signature cut off', bearer(`${head}.${claims}.`), MISMATCH],
    ['four parts', bearer(`${genuine}.${signature}`), MISMATCH],
    ['five parts', bearer(`${head}..${claims}.${signature}.${signature}`), MISMATCH],
    ['white space in it', bearer(`${head}. ${claims}.${signature}`), MISMATCH],
    ['another token behind it', `${bearer(genuine)}, ${bearer(genuine)}`, MISMATCH],
    [
      'claims that are no object',
      bearer(makeJwt('RS256', own.privateKey, [] as never, { kid: 'k1' })),
      MISMATCH,
    ],
    ['no Bearer', genuine, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
    ['9,000 letters', bearer(`${genuine}${'a'.repeat(9000)}`), 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ];
  it.each(rows)('is refused with %s', async (_, authorization, code) => {
    expect(await verdictOf(receiver, delivery(authorization))).toBe(code);
  });
});

describe('the keys', () => {
  function served(answers: (() => Response | Promise<Response>)[]) {
    const asked: string[] = [];
    const fetch = async (address: unknown): Promise<Response> => {
      asked.push(String(address));
      return (answers[asked.length - 1] ?? answers.at(-1))?.() as Response;
    };
    return { asked, fetch: fetch as typeof globalThis.fetch };
  }

  it('are fetched once, from Google alone', async () => {
    const { asked, fetch } = served([() => new Response(keys)]);
    const receiver = google(fetch);
    for (let at = 0; at < 3; at++)
      expect(await verdictOf(receiver, delivery(bearer(rs256())))).toBe('accepted');
    expect(asked).toEqual(['https://www.googleapis.com/oauth2/v3/certs']);
  });

  it('are fetched again for one that is not there, but not for a flood of those', async () => {
    const old = JSON.stringify({ keys: [jwk(other.publicKey, 'other')] });
    const { asked, fetch } = served([() => new Response(old), () => new Response(keys)]);
    let now = NOW;
    const receiver = verifierOf(googlePubsub({ audience, email, fetch }), { now: () => now });
    expect(await verdictOf(receiver, delivery(bearer(rs256())))).toBe(MISMATCH);
    now += 31_000;
    expect(await verdictOf(receiver, delivery(bearer(rs256())))).toBe('accepted');
    for (let at = 0; at < 20; at++) {
      expect(await verdictOf(receiver, delivery(bearer(rs256({}, { kid: `made-up-${at}` }))))).toBe(MISMATCH);
    }
    expect(asked).toHaveLength(2);
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['a failure of the network', () => Promise.reject(new TypeError('fetch failed'))],
    ['an error', () => new Response('', { status: 503 })],
    ['a redirect', () => new Response('', { status: 302, headers: { location: 'https://evil.example/' } })],
    ['what is no JSON', () => new Response('<html>')],
    ['what is no key set', () => new Response('{"keys":{}}')],
    ['a key set of 100 KB', () => new Response(keys.padEnd(100_000))],
    [
      'a key that is none',
      () => new Response(JSON.stringify({ keys: [{ kty: 'RSA', n: '!', e: 'AQAB', kid: 'k1' }] })),
    ],
  ])('that are %s make the delivery come again', async (_, answer) => {
    const { asked, fetch } = served([answer]);
    const receiver = google(fetch);
    expect(await verdictOf(receiver, delivery(bearer(rs256())))).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
    expect(await verdictOf(receiver, delivery(bearer(rs256())))).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  describe('from a real server', () => {
    let server: HttpsServer;
    beforeAll(async () => {
      server = await serveHttps(selfSigned({ hosts: ['www.googleapis.com'] }), (incoming, response) => {
        response.writeHead(incoming.url === '/oauth2/v3/certs' ? 200 : 404, {
          'content-type': 'application/json',
        });
        response.end(keys);
      });
    });
    afterAll(() => server.close());

    it('come by HTTPS', async () => {
      expect(await verdictOf(google(server.fetch), delivery(bearer(rs256())))).toBe('accepted');
      expect(server.requests).toEqual(['www.googleapis.com /oauth2/v3/certs']);
    });
  });
});

describe('a token with a shared secret', () => {
  const secret = 'signature-secret-of-the-account';
  const receiver = verifierOf(vonage({ secret }));
  const text = '{"status":"delivered"}';
  const hash = (of: string): string => createHash('sha256').update(of).digest('hex');
  const claims = { iss: 'Vonage', iat: SECONDS, jti: 'a', payload_hash: hash(text) };
  const send = (token: string, sent = text) =>
    verdictOf(receiver, request({ headers: { authorization: bearer(token) }, body: sent }));

  it.each([
    ['HS256', makeJwt('HS256', secret, claims), 'accepted'],
    ['alg none', makeJwt('none', '', claims), MISMATCH],
    ['HS384', makeJwt('HS384', secret, claims), MISMATCH],
    ['HS384 that calls itself HS256', makeJwt('HS384', secret, claims, { alg: 'HS256' }), MISMATCH],
    ['RS256', makeJwt('RS256', own.privateKey, claims), MISMATCH],
    ['another secret', makeJwt('HS256', `${secret}x`, claims), MISMATCH],
    ['the hash of another body', makeJwt('HS256', secret, { ...claims, payload_hash: hash('{}') }), MISMATCH],
    [
      'the hash in capitals',
      makeJwt('HS256', secret, { ...claims, payload_hash: hash(text).toUpperCase() }),
      MISMATCH,
    ],
    ['no hash', makeJwt('HS256', secret, { ...claims, payload_hash: undefined }), MISMATCH],
    ['a hash that is a list', makeJwt('HS256', secret, { ...claims, payload_hash: [hash(text)] }), MISMATCH],
    ['another issuer', makeJwt('HS256', secret, { ...claims, iss: 'vonage' }), MISMATCH],
    [
      'a moment long past',
      makeJwt('HS256', secret, { ...claims, iat: SECONDS - 301 }),
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    ],
    [
      'a moment to come',
      makeJwt('HS256', secret, { ...claims, iat: SECONDS + 301 }),
      'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
    ],
    [
      'a moment with a fraction',
      makeJwt('HS256', secret, { ...claims, iat: SECONDS + 0.5 }),
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    ],
  ])('by %s', async (_, token, code) => {
    expect(await send(token)).toBe(code);
  });

  it('covers its body', async () => {
    expect(await send(makeJwt('HS256', secret, claims), `${text} `)).toBe(MISMATCH);
  });
});
