import { createHash } from 'node:crypto';
import { reply, type WebhookRequest } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { type TwilioOptions, twilio } from '../src/twilio.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = '12345';
const HOST = 'https://hooks.example.com';
const publicUrl = `${HOST}/sms`;
const provider = twilio({ secret, publicUrl });

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

/** By the fact sheet: the address, then names and values as they are sorted there. */
const signature = (url: string, fields = '', key = secret): string => mac('sha1', key, 'base64', url, fields);

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

interface Post {
  /** What was signed. */
  readonly signed: string;
  readonly fields?: string;
  readonly body?: string | Uint8Array;
  /** What arrives; default: path and query of what was signed. */
  readonly url?: string;
  readonly headers?: Record<string, string>;
}

const post = ({
  signed,
  fields = '',
  body = '',
  url = signed.slice(HOST.length),
  headers = {},
}: Post): WebhookRequest =>
  request({ url, body, headers: { ...FORM, 'x-twilio-signature': signature(signed, fields), ...headers } });

const get = (url: string, headers: Record<string, string> = {}): WebhookRequest =>
  request({
    method: 'GET',
    url: url.slice(HOST.length),
    headers: { 'x-twilio-signature': signature(url), ...headers },
  });

describe('a form', () => {
  it.each<[name: string, body: string, fields: string]>([
    ['one field', 'From=%2B15550001', 'From+15550001'],
    ['sorted', 'To=2&From=1', 'From1To2'],
    ['capitals before small letters', 'a=3&B=2&A=1', 'A1B2a3'],
    ['shorter names first', 'ReasonEnded=2&Reason=1', 'Reason1ReasonEnded2'],
    ['by code units, not by letters', 'Z=2&%C3%84=3&A=1', 'A1Z2Ä3'],
    ['by code units beyond 16 bits', '%EF%BF%BD=2&%F0%9F%98%80=1', '😀1\ufffd2'],
    ['a repeated field', 'Digits=5678&Digits=1234', 'Digits1234Digits5678'],
    ['a field three times, twice the same', 'Digits=2&Digits=1&Digits=2', 'Digits1Digits2'],
    ['an empty field', 'Body=&From=1', 'BodyFrom1'],
    ['a field without an equals sign', 'Body&From=1', 'BodyFrom1'],
    ['a plus for a space', 'Body=a+b', 'Bodya b'],
    ['an escaped plus', 'Body=a%2Bb', 'Bodya+b'],
    ['an escaped ampersand', 'Body=a%26b%3Dc', 'Bodya&b=c'],
    ['letters beyond ASCII', 'Body=caf%C3%A9+%F0%9F%98%80', 'Bodycafé 😀'],
    ['line breaks', 'Body=a%0D%0Ab', 'Bodya\r\nb'],
    ['a BOM', 'Body=%EF%BB%BFa', 'Body\ufeffa'],
    [
      'names that JavaScript knows',
      '__proto__=1&constructor=2&toString=3',
      '__proto__1constructor2toString3',
    ],
    ['nothing', '', ''],
  ])('with %s', async (_, body, fields) => {
    const { event, code } = await judge(verifierOf(provider), post({ signed: publicUrl, body, fields }));
    expect(code).toBeUndefined();
    // As entries: one name is `__proto__`, which a comparison of objects passes over.
    const form = new URLSearchParams(body);
    const expected = [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    });
    expect(Object.entries(event?.payload as object)).toEqual(expected);
  });

  it.each<[name: string, body: string, fields: string]>([
    ['sorted by name and value together', 'Reason=P&ReasonEnded=t', 'ReasonEndedtReasonP'],
    ['in the order sent', 'To=2&From=1', 'To2From1'],
    ['a repeated field in the order sent', 'Digits=5678&Digits=1234', 'Digits5678Digits1234'],
    ['a repeated field with its doubles', 'Digits=1&Digits=1', 'Digits1Digits1'],
    ['as the raw body', 'From=1', 'From=1'],
    ['without the BOM before it', '\ufeffFrom=1', 'From1'],
    ['without a field', 'From=1&To=2', 'From1'],
    ['with a field more', 'From=1', 'From1To2'],
    ['the address alone', 'From=1', ''],
  ])('is not signed %s', async (_, body, fields) => {
    expect(await verdictOf(verifierOf(provider), post({ signed: publicUrl, body, fields }))).toBe(MISMATCH);
  });
});

describe('the signature', () => {
  const right = signature(publicUrl, 'From1');
  it.each<[name: string, headers: Record<string, string>, verdict: string]>([
    ['right', { 'x-twilio-signature': right }, 'accepted'],
    ["another account's", { 'x-twilio-signature': signature(publicUrl, 'From1', '54321') }, MISMATCH],
    ['by SHA-256', { 'x-twilio-signature': mac('sha256', secret, 'base64', publicUrl, 'From1') }, MALFORMED],
    ['in hex', { 'x-twilio-signature': mac('sha1', secret, 'hex', publicUrl, 'From1') }, MALFORMED],
    ['without padding', { 'x-twilio-signature': right.replace('=', '') }, MALFORMED],
    ['twice', { 'x-twilio-signature': `${right}, ${right}` }, MALFORMED],
    ['empty', { 'x-twilio-signature': '' }, MALFORMED],
  ])('%s', async (_, headers, verdict) => {
    const sent = post({ signed: publicUrl, fields: 'From1', body: 'From=1', headers });
    expect(await verdictOf(verifierOf(provider), sent)).toBe(verdict);
    expect((await receiverOf(provider).handle(sent)).status).toBe(verdict === 'accepted' ? 204 : 401);
  });

  it('may be by either of two tokens, while one is promoted', async () => {
    const rotating = verifierOf(twilio({ secret: ['54321', secret], publicUrl }));
    const sent = post({ signed: publicUrl, fields: 'From1', body: 'From=1' });
    expect((await judge(rotating, sent)).event).toMatchObject({ secretId: '1' });
  });
});

describe('GET', () => {
  const url = `${publicUrl}?From=%2B15550001&Body=Hi+there&SmsStatus=received`;

  it('is signed by its address, and has its fields there', async () => {
    const { event } = await judge(verifierOf(provider), get(url));
    expect(event).toMatchObject({ type: 'received', payload: { From: '+15550001', Body: 'Hi there' } });
  });

  it('may have a question mark in a field', async () => {
    const { event } = await judge(verifierOf(provider), get(`${publicUrl}?Body=Hi?&SmsStatus=received`));
    expect(event).toMatchObject({ type: 'received', payload: { Body: 'Hi?' } });
  });

  it.each([
    ['a changed query', url.replace('there', 'where')],
    ['another order', `${publicUrl}?Body=Hi+there&From=%2B15550001&SmsStatus=received`],
    ['a field more', `${url}&To=1`],
    ['no query', publicUrl],
  ])('with %s is refused', async (_, received) => {
    const sent = get(received, { 'x-twilio-signature': signature(url) });
    expect(await verdictOf(verifierOf(provider), sent)).toBe(MISMATCH);
  });

  it('and POST are all there is', async () => {
    const sent = request({ method: 'PUT', url: '/sms' });
    expect(await receiverOf(provider).handle(sent)).toMatchObject({
      status: 405,
      headers: { allow: 'POST, GET' },
    });
  });
});

describe('JSON', () => {
  const BODY = '{"EventType":"onMessageAdded","Index": 1}';
  const sha256 = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');
  const withHash = (hash: string, query = ''): string => `${publicUrl}?${query}bodySHA256=${hash}`;

  it.each<[name: string, sent: Post, verdict: string]>([
    ['bound by its hash', { signed: withHash(sha256(BODY)), body: BODY }, 'accepted'],
    ['bound by its hash, among others', { signed: withHash(sha256(BODY), 'foo=1&'), body: BODY }, 'accepted'],
    ['of other bytes', { signed: withHash(sha256(BODY)), body: BODY.replace(' ', '') }, MISMATCH],
    ['with a newline more', { signed: withHash(sha256(BODY)), body: `${BODY}\n` }, MISMATCH],
    ['with no body', { signed: withHash(sha256(BODY)), body: '' }, MISMATCH],
    ['under a wrong hash, rightly signed', { signed: withHash(sha256('{}')), body: BODY }, MISMATCH],
    ['under the hash in capitals', { signed: withHash(sha256(BODY).toUpperCase()), body: BODY }, MISMATCH],
    ['under half the hash', { signed: withHash(sha256(BODY).slice(0, 32)), body: BODY }, MISMATCH],
    ['under an empty hash', { signed: withHash(''), body: BODY }, MISMATCH],
    [
      'under a hash put in by a stranger',
      { signed: publicUrl, url: `/sms?bodySHA256=${sha256(BODY)}`, body: BODY },
      MISMATCH,
    ],
    ['with its hash taken out', { signed: withHash(sha256(BODY)), url: '/sms', body: BODY }, MISMATCH],
    ['without a hash', { signed: publicUrl, body: BODY }, MISMATCH],
    [
      'under two hashes, the first of them wrong',
      { signed: `${withHash(sha256('{}'))}&bodySHA256=${sha256(BODY)}`, body: BODY },
      MISMATCH,
    ],
  ])('%s', async (_, sent, verdict) => {
    const headers = { ...JSON_TYPE, ...sent.headers };
    expect(await verdictOf(verifierOf(provider), post({ ...sent, headers }))).toBe(verdict);
  });

  it('is parsed as such, by the signed address and not by its Content-Type', async () => {
    const sent = post({ signed: withHash(sha256(BODY)), body: BODY, headers: FORM });
    expect((await judge(verifierOf(provider), sent)).event).toMatchObject({
      type: 'onMessageAdded',
      payload: JSON.parse(BODY),
    });
  });

  it('is parsed as such where a question mark stands before its hash', async () => {
    const sent = post({ signed: withHash(sha256(BODY), 'q=a?b&'), body: BODY, headers: JSON_TYPE });
    expect((await judge(verifierOf(provider), sent)).event).toMatchObject({ payload: JSON.parse(BODY) });
  });

  it('may hold any bytes', async () => {
    const body = new Uint8Array([
      ...new TextEncoder().encode('{"a":"'),
      0xff,
      0xfe,
      ...new TextEncoder().encode('"}'),
    ]);
    const verifier = verifierOf(provider);
    expect(await verdictOf(verifier, post({ signed: withHash(sha256(body)), body }))).toBe('accepted');
    const other = body.map((byte) => (byte === 0xff ? 0xfd : byte));
    expect(await verdictOf(verifier, post({ signed: withHash(sha256(body)), body: other }))).toBe(MISMATCH);
  });
});

describe('the address', () => {
  const verdict = (
    options: TwilioOptions,
    signed: string,
    url: string,
    headers: Record<string, string> = {},
  ) =>
    verdictOf(
      verifierOf(twilio({ secret, ...options })),
      request({
        url,
        body: 'From=1',
        headers: { ...FORM, 'x-twilio-signature': signature(signed, 'From1'), ...headers },
      }),
    );

  it.each<[name: string, publicUrl: string, url: string, signed: string]>([
    ['with its path, wherever the request went', `${HOST}/sms`, '/internal/7', `${HOST}/sms`],
    [
      'with its path, and the query that was sent',
      `${HOST}/sms`,
      '/internal?a=1&b=%20',
      `${HOST}/sms?a=1&b=%20`,
    ],
    ['without a path, which the request has', HOST, '/sms/in?a=1', `${HOST}/sms/in?a=1`],
    ['with a slash for a path', `${HOST}/`, '/sms/in', `${HOST}/sms/in`],
    ['whose request has a host of its own', HOST, 'http://10.0.0.7:8080/sms?a=1', `${HOST}/sms?a=1`],
    ['with a query of its own, which is not the one sent', `${HOST}/sms?x=1`, '/sms?a=1', `${HOST}/sms?a=1`],
    ['with a fragment, which is never sent', `${HOST}/sms#rc=3`, '/sms', `${HOST}/sms`],
    ['with a password', 'https://u:p@hooks.example.com/sms', '/sms', 'https://u:p@hooks.example.com/sms'],
    ['in plain HTTP', 'http://hooks.example.com/sms', '/sms', 'http://hooks.example.com/sms'],
    [
      'with a port that was signed',
      'https://hooks.example.com:8443/sms',
      '/sms',
      'https://hooks.example.com:8443/sms',
    ],
    ['with a port that was not', 'https://hooks.example.com:8443/sms', '/sms', `${HOST}/sms`],
    ['without the port 443 that was signed', `${HOST}/sms`, '/sms', 'https://hooks.example.com:443/sms'],
    ['with the port 443 that was not', 'https://hooks.example.com:443/sms', '/sms', `${HOST}/sms`],
    [
      'without the port 80 that was signed',
      'http://hooks.example.com/sms',
      '/sms',
      'http://hooks.example.com:80/sms',
    ],
    [
      'with a password and a port that was not signed',
      'https://u:p@h.example:8443/',
      '/s',
      'https://u:p@h.example/s',
    ],
    ['with a quote that was escaped', HOST, "/sms?a=it's", `${HOST}/sms?a=it%27s`],
    ['with a quote that was not', HOST, "/sms?a=it's", `${HOST}/sms?a=it's`],
    ['with brackets that were escaped', HOST, '/sms?a[0]=1', `${HOST}/sms?a%5B0%5D=1`],
    ['in capitals', 'https://HOOKS.example.com/sms', '/sms', `${HOST}/sms`],
  ])('%s', async (_, address, url, signed) => {
    expect(await verdict({ publicUrl: address }, signed, url)).toBe('accepted');
  });

  it.each<[name: string, publicUrl: string, url: string, signed: string]>([
    ['on another host', `${HOST}/sms`, '/sms', 'https://evil.example/sms'],
    ['at another path', `${HOST}/sms`, '/sms', `${HOST}/mms`],
    ['with a slash more', `${HOST}/sms`, '/sms', `${HOST}/sms/`],
    ['with another query', `${HOST}/sms`, '/sms?a=1', `${HOST}/sms?a=2`],
    ['without the query', `${HOST}/sms`, '/sms?a=1', `${HOST}/sms`],
    ['under another scheme', `${HOST}/sms`, '/sms', 'http://hooks.example.com/sms'],
    [
      'with a port that is neither there nor standard',
      `${HOST}/sms`,
      '/sms',
      'https://hooks.example.com:8443/sms',
    ],
    ['with a path in another case', `${HOST}/sms`, '/sms', `${HOST}/SMS`],
    [
      'with another password',
      'https://u:p@hooks.example.com/sms',
      '/sms',
      'https://u:q@hooks.example.com/sms',
    ],
  ])('is not the one signed %s', async (_, address, url, signed) => {
    expect(await verdict({ publicUrl: address }, signed, url)).toBe(MISMATCH);
  });

  it('may be a function of the request', async () => {
    const byTenant = {
      publicUrl: ({ url, headers }: WebhookRequest) => `https://${headers.get('x-tenant')}.example${url}`,
    };
    const signed = 'https://acme.example/sms?a=1';
    expect(await verdict(byTenant, signed, '/sms?a=1', { 'x-tenant': 'acme' })).toBe('accepted');
    expect(await verdict(byTenant, signed, '/sms?a=1', { 'x-tenant': 'evil' })).toBe(MISMATCH);
  });

  it('is misconfigured where the function throws', async () => {
    const broken = receiverOf(
      twilio({
        secret,
        publicUrl: () => {
          throw new Error('no tenant');
        },
      }),
    );
    expect(await broken.receive(post({ signed: publicUrl }))).toMatchObject({ kind: 'failed' });
    const { status, body } = await broken.handle(post({ signed: publicUrl }));
    expect({ status, body }).toEqual({ status: 500, body: '{"error":"misconfigured"}' });
  });

  const forwarded = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '8443',
    'x-original-url': '/mms',
    'x-forwarded-prefix': '/mms',
    forwarded: 'host=evil.example;proto=http',
  };

  it('is never taken from what a proxy, or anybody else, says', async () => {
    for (const address of [HOST, `${HOST}/sms`]) {
      expect(await verdict({ publicUrl: address }, `${HOST}/sms`, '/sms', forwarded)).toBe('accepted');
      expect(await verdict({ publicUrl: address }, 'https://evil.example/sms', '/sms', forwarded)).toBe(
        MISMATCH,
      );
      expect(
        await verdict({ publicUrl: address }, 'http://evil.example:8443/mms/sms', '/sms', forwarded),
      ).toBe(MISMATCH);
      expect(
        await verdict(
          { publicUrl: address },
          'https://evil.example/sms',
          'https://evil.example/sms',
          forwarded,
        ),
      ).toBe(MISMATCH);
    }
  });

  it.each([undefined, '', '/sms', 'hooks.example.com/sms', 'ftp://hooks.example.com', 'https://', 7, null])(
    'cannot be %j',
    (wrong) => {
      expect(configurationError(() => twilio({ secret, publicUrl: wrong as never }))).toBe(
        'ERR_WEBHOOK_CONFIG_OPTION',
      );
    },
  );
});

describe('an event', () => {
  const typed = (body: string) => {
    const fields = [...new URLSearchParams(body)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flat()
      .join('');
    return judge(verifierOf(provider), post({ signed: publicUrl, body, fields }));
  };

  it.each([
    ['MessageSid=SM1&SmsStatus=received&Body=Hi', 'received'],
    ['MessageSid=SM1&MessageStatus=delivered&SmsStatus=delivered', 'delivered'],
    ['CallSid=CA1&CallStatus=in-progress', 'in-progress'],
    ['EventType=task.created&MessageStatus=sent', 'task.created'],
    ['AccountSid=AC1', ''],
  ])('%s is of the type "%s"', async (body, type) => {
    expect((await typed(body)).event).toMatchObject({ type, id: undefined, timestamp: undefined });
  });

  it('has its fields signed, and an id that is not', async () => {
    const headers = { 'i-twilio-idempotency-token': 'token-1' };
    const sent = post({ signed: publicUrl, body: 'SmsStatus=sent', fields: 'SmsStatussent', headers });
    expect((await judge(verifierOf(provider), sent)).event).toMatchObject({
      id: 'token-1',
      type: 'sent',
      signed: { id: false, type: true, timestamp: false },
    });
  });

  const delivery = (status: string, headers: Record<string, string> = {}): WebhookRequest =>
    post({
      signed: publicUrl,
      body: `MessageSid=SM1&MessageStatus=${status}`,
      fields: `MessageSidSM1MessageStatus${status}`,
      headers,
    });

  it('is known by its idempotency token, or else by its content', async () => {
    const receiver = receiverOf(provider);
    const token = { 'i-twilio-idempotency-token': 'token-1' };
    const kinds = [];
    for (const sent of [
      delivery('sent'),
      delivery('sent'),
      delivery('delivered'),
      delivery('sent', token),
      delivery('sent', token),
    ]) {
      kinds.push((await receiver.receive(sent)).kind);
    }
    expect(kinds).toEqual(['accepted', 'duplicate', 'accepted', 'accepted', 'duplicate']);
  });

  it.each([
    ['letters escaped that need not be', 'tenant=acme&q=a%20b', 'tenant=%61%63me&q=a%20b'],
    ['a plus for its space', 'q=a%20b', 'q=a+b'],
    ['a quote that is not escaped', 'q=it%27s', "q=it's"],
  ])('is no new one when its address comes with %s', async (_, query, otherwise) => {
    const receiver = receiverOf(provider);
    const sent = { signed: `${publicUrl}?${query}`, body: 'SmsStatus=sent', fields: 'SmsStatussent' };
    expect(await receiver.receive(post(sent))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(post(sent))).toMatchObject({ kind: 'duplicate' });
    const { kind } = await receiver.receive(post({ ...sent, url: `/sms?${otherwise}` }));
    expect(['duplicate', 'rejected']).toContain(kind);
  });

  it('is answered with nothing, or with the TwiML of its handler', async () => {
    expect(await receiverOf(provider).handle(delivery('sent'))).toMatchObject({ status: 204, body: '' });
    const twiml = '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Hi</Message></Response>';
    const receiver = receiverOf(provider, {
      on: { sent: () => reply({ headers: { 'content-type': 'text/xml' }, body: twiml }) },
    });
    expect(await receiver.handle(delivery('sent'))).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: twiml,
    });
    expect(await receiver.handle(delivery('sent'))).toMatchObject({
      status: 200,
      headers: { 'webhook-dedup': 'duplicate', 'content-type': 'text/xml' },
      body: twiml,
    });
  });
});
