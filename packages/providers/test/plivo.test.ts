import { describe, expect, it } from 'vitest';
import { type PlivoOptions, plivo } from '../src/plivo.ts';
import { judge, mac, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'an-auth-token';
const publicUrl = 'https://hooks.example.com/plivo';
const NONCE = '12345';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

const v3 = (text: string, key = secret) => ({
  'x-plivo-signature-v3-nonce': NONCE,
  'x-plivo-signature-v3': mac('sha256', key, 'base64', `${text}.${NONCE}`),
});
const v2 = {
  'x-plivo-signature-v2-nonce': NONCE,
  'x-plivo-signature-v2': mac('sha256', secret, 'base64', publicUrl, NONCE),
};

const verifier = (options: Partial<PlivoOptions> = {}) =>
  verifierOf(plivo({ secret, publicUrl, ...options }));

describe('signature V3', () => {
  it.each<[name: string, method: string, query: string, body: string, signed: string]>([
    ['a form', 'POST', '', 'To=1&From=%2B2', '?From+2To1'],
    ['a form and a query', 'POST', '?b=2&a=%20', 'To=1', '?a= &b=2.To1'],
    ['a query', 'POST', '?b=2&a=1', '', '?a=1&b=2'],
    ['repeated fields, every one of them', 'POST', '', 'a=2&a=1&a=2', '?a1a2a2'],
    ['repeated parameters', 'GET', '?a=2&a=1', '', '?a=1&a=2'],
    ['neither', 'POST', '', '', ''],
  ])('is over %s', async (_, method, query, body, signed) => {
    const sent = (text: string) => request({ method, url: `/plivo${query}`, body, headers: v3(text) });
    expect(await verdictOf(verifier(), sent(publicUrl + signed))).toBe('accepted');
    expect(await verdictOf(verifier(), sent(`${publicUrl + signed}x`))).toBe(MISMATCH);
  });

  it('is one of several', async () => {
    const wrong = v3('x')['x-plivo-signature-v3'];
    const right = v3(`${publicUrl}?a1`);
    const sent = (list: string) =>
      request({ url: '/plivo', body: 'a=1', headers: { ...right, 'x-plivo-signature-v3': list } });
    expect(await verdictOf(verifier(), sent(`${wrong},${right['x-plivo-signature-v3']}`))).toBe('accepted');
    expect(await verdictOf(verifier(), sent(`${wrong},${wrong}`))).toBe(MISMATCH);
  });

  it('has its fields in the query on GET, and its type in them', async () => {
    const headers = v3(`${publicUrl}?CallUUID=1&Event=Hangup`);
    const sent = request({ method: 'GET', url: '/plivo?Event=Hangup&CallUUID=1', headers });
    expect((await judge(verifier(), sent)).event).toMatchObject({
      type: 'Hangup',
      payload: { CallUUID: '1' },
    });
  });
});

describe('signature V2', () => {
  const sent = (headers: Record<string, string>) => request({ url: '/plivo', body: 'a=1', headers });

  it('is for who asks for it', async () => {
    expect(await verdictOf(verifier(), sent(v2))).toBe('ERR_WEBHOOK_SIGNATURE_MISSING');
    expect(await verdictOf(verifier({ legacy: 'v2' }), sent(v2))).toBe('accepted');
  });

  it('rescues no V3 that is wrong', async () => {
    expect(await verdictOf(verifier({ legacy: 'v2' }), sent({ ...v2, ...v3('x') }))).toBe(MISMATCH);
  });

  it('needs its nonce', async () => {
    const { 'x-plivo-signature-v2-nonce': _, ...rest } = v2;
    expect(await verdictOf(verifier({ legacy: 'v2' }), sent(rest))).toBe(MISMATCH);
  });

  it('covers nothing of what is sent', async () => {
    const { event } = await judge(verifier({ legacy: 'v2' }), sent(v2));
    expect(event?.signed).toEqual({ id: false, type: false, timestamp: false });
  });
});
