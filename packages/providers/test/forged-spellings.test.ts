import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sign } from '../../testing/src/index.ts';
import { braintree } from '../src/braintree.ts';
import { coinbaseCdp } from '../src/coinbase-cdp.ts';
import { httpMessageSignatures } from '../src/http-message-signatures.ts';
import { hubspot } from '../src/hubspot.ts';
import { square } from '../src/square.ts';
import { factoryOf } from './support/catalogue.ts';
import { mac, NOW, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';
import { signOptionsOf } from './support/sample.ts';
import { samplesOf } from './support/samples.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const secret = 'a-secret';
const publicUrl = 'https://hooks.example.com/in';

/** A genuine delivery of the first sample, with the value of one header changed; headers as no runtime checks them. */
async function withHeader(file: string, name: string, change: (text: string) => string) {
  const [sample] = samplesOf(file);
  if (sample === undefined) throw new Error(`${file} has no sample`);
  const provider = factoryOf(file)(sample.options);
  const delivery = await sign(provider, { timestamp: NOW, ...sample.event }, signOptionsOf(sample));
  const headers = new Map(
    Object.entries({ ...delivery.headers, [name]: change(delivery.headers[name] ?? '') }),
  );
  return verdictOf(verifierOf(provider), {
    ...delivery,
    headers: { get: (each) => headers.get(each.toLowerCase()) ?? null },
  });
}

describe.each([
  ['fireblocks', 'fireblocks-webhook-signature'],
  ['http-message-signatures', 'signature'],
  ['neon-auth', 'x-neon-signature'],
  ['truelayer', 'tl-signature'],
])('%s', (file, header) => {
  it('takes no byte order mark before a signature', async () => {
    expect(await withHeader(file, header, String)).toBe('accepted');
    expect(await withHeader(file, header, (text) => `\ufeff${text}`)).not.toBe('accepted');
  });
});

describe('ebay', () => {
  const header = 'x-ebay-signature';
  const rewritten = (change: (signature: string) => string) => (text: string) => {
    const sent = JSON.parse(Buffer.from(text, 'base64').toString());
    const made = { ...sent, signature: change(sent.signature) };
    return Buffer.from(JSON.stringify(made)).toString('base64');
  };
  /** Sets the lowest of the unused bits in the last letter. */
  const nudged = (text: string) =>
    text.replace(/.(?==+$)/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1));

  it('takes one spelling of a signature: unused bits are zero', async () => {
    let changed = 0;
    // A signature of 72 bytes has no unused bits.
    for (let tried = 0; tried < 8; tried++) {
      let sent = '';
      const verdict = await withHeader(
        'ebay',
        header,
        rewritten((text) => {
          sent = text;
          return nudged(text);
        }),
      );
      changed += nudged(sent) === sent ? 0 : 1;
      expect(verdict).toBe(nudged(sent) === sent ? 'accepted' : MISMATCH);
    }
    expect(changed).toBeGreaterThan(0);
  });

  it('takes no byte order mark before its JSON', async () => {
    const marked = (text: string) =>
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(text, 'base64')]).toString('base64');
    expect(await withHeader('ebay', header, marked)).toBe(MISMATCH);
  });
});

describe('a body that was moved into the signed address', () => {
  const BODY = '[{"eventId":1}]';
  const time = String(NOW);
  const query = '?a=1';

  it('is refused by hubspot', async () => {
    const receiver = verifierOf(hubspot({ secret, publicUrl }));
    const headers = {
      'x-hubspot-request-timestamp': time,
      'x-hubspot-signature-v3': mac('sha256', secret, 'base64', 'POST', publicUrl + query, BODY, time),
    };
    expect(await verdictOf(receiver, request({ headers, url: `/in${query}`, body: BODY }))).toBe('accepted');
    expect(await verdictOf(receiver, request({ headers, url: `/in${query}${BODY}` }))).toBe(MALFORMED);
  });

  it('is refused by hubspot with v2', async () => {
    const receiver = verifierOf(hubspot({ secret, publicUrl, legacy: 'v2' }));
    const signature = createHash('sha256').update(`${secret}POST${publicUrl}${query}${BODY}`).digest('hex');
    const headers = { 'x-hubspot-signature': signature };
    expect(await verdictOf(receiver, request({ headers, url: `/in${query}`, body: BODY }))).toBe('accepted');
    expect(await verdictOf(receiver, request({ headers, url: `/in${query}${BODY}` }))).toBe(MALFORMED);
  });

  it('is refused by square, in part too', async () => {
    const receiver = verifierOf(square({ secret, publicUrl }));
    const body = '{"type":"a","event_id":"1"}';
    const headers = {
      'x-square-hmacsha256-signature': mac('sha256', secret, 'base64', publicUrl + query, body),
    };
    expect(await verdictOf(receiver, request({ headers, url: `/in${query}`, body }))).toBe('accepted');
    const parted = request({ headers, url: `/in${query}${body.slice(0, 5)}`, body: body.slice(5) });
    expect(await verdictOf(receiver, parted)).toBe(MALFORMED);
  });
});

describe('what a stranger may make us look at', () => {
  it('of coinbase-cdp, is each header once', async () => {
    const long = 'v'.repeat(8000);
    const signed = (names: readonly string[]) => {
      const list = names.join(' ');
      const values = names.map(() => long).join('.');
      const v1 = mac('sha256', secret, 'hex', `${SECONDS}.${list}.${values}.{}`);
      const sent = { x: long, 'x-hook0-signature': `t=${SECONDS},h=${list},v1=${v1}` };
      return verdictOf(verifierOf(coinbaseCdp({ secret })), request({ headers: sent, body: '{}' }));
    };
    expect(await signed(['x'])).toBe('accepted');
    expect(await signed(['x', 'X'])).toBe(MALFORMED);
    expect(await signed(Array(3000).fill('x'))).toBe(MALFORMED);
  });

  it('of braintree, is no more signatures than there are key pairs', async () => {
    const publicKey = 'a-public-key';
    const xml = '<notification><timestamp>2025-11-24T16:00:00Z</timestamp><kind>check</kind></notification>';
    const payload = `${Buffer.from(xml).toString('base64')}\n`;
    const right = `${publicKey}|${createHmac('sha1', createHash('sha1').update(secret).digest()).update(payload).digest('hex')}`;
    const wrong = `${publicKey}|${'0'.repeat(40)}`;
    const verdict = (others: number) => {
      const signature = [...Array<string>(others).fill(wrong), right].join('&');
      const body = new URLSearchParams({ bt_signature: signature, bt_payload: payload }).toString();
      return verdictOf(verifierOf(braintree({ secret, publicKey })), request({ body }));
    };
    expect(await verdict(15)).toBe('accepted');
    expect(await verdict(16)).toBe(MISMATCH);
  });

  it('of a message signature, is 64 components', async () => {
    const provider = httpMessageSignatures({
      secret: Buffer.from('0'.repeat(32)).toString('base64'),
      publicUrl,
    });
    const verdict = async (members: number) => {
      const keys = Array.from({ length: members }, (_, at) => `k${at}`);
      const covered = [
        '"@method"',
        '"@target-uri"',
        '"content-digest"',
        ...keys.map((key) => `"x-d";key="${key}"`),
      ];
      const body = new TextEncoder().encode('{"id":"1","type":"a"}');
      const delivery = await sign(provider, {
        body,
        url: publicUrl,
        headers: {
          'x-d': keys.map((key) => `${key}=1`).join(', '),
          'signature-input': `sig1=(${covered.join(' ')});created=${SECONDS}`,
        },
      });
      return verdictOf(verifierOf(provider), { ...delivery, headers: new Headers(delivery.headers) });
    };
    expect(await verdict(61)).toBe('accepted');
    expect(await verdict(62)).toBe(MISMATCH);
  });
});
