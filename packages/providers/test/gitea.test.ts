import { describe, expect, it } from 'vitest';
import { forgejo } from '../src/forgejo.ts';
import { gitea } from '../src/gitea.ts';
import { judge, mac, receiverOf, request, type Sent, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-webhook-secret';
const BODY = '{\n  "ref": "refs/heads/main",\n  "pusher": {"login": "zoë+&%"}\n}';
const FORM = `payload=${encodeURIComponent(BODY)}`;
const PLUS = FORM.replaceAll('%20', '+');
const SIGNATURE = mac('sha256', secret, 'hex', BODY);
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe.each([
  ['gitea', gitea({ secret })],
  ['forgejo', forgejo({ secret })],
])('%s', (name, provider) => {
  const sent = ({ headers, ...rest }: Sent) =>
    request({
      headers: {
        [`x-${name}-signature`]: SIGNATURE,
        [`x-${name}-delivery`]: 'd1',
        [`x-${name}-event`]: 'push',
        ...headers,
      },
      ...rest,
    });

  it.each<[name: string, sent: Sent]>([
    ['JSON', { body: BODY }],
    ['a form', { body: FORM }],
    ['a form whose spaces are pluses', { body: PLUS }],
    ['a GET', { method: 'GET', url: `/hook?${FORM}` }],
    ['a GET at an address', { method: 'GET', url: `https://example.com/hook?${PLUS}#here` }],
  ])('is understood as %s, whatever its Content-Type', async (_, delivery) => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const { event } = await judge(
        verifierOf(provider),
        sent({ ...delivery, headers: { 'content-type': type } }),
      );
      expect(event).toMatchObject({
        id: 'd1',
        type: 'push',
        payload: JSON.parse(BODY),
        signed: { id: false, type: false },
      });
    }
  });

  it.each<[name: string, sent: Sent, verdict: string]>([
    ['another payload in a form', { body: FORM.replace('main', 'mine') }, MISMATCH],
    ['another field beside it', { body: `${FORM}&a=b` }, MALFORMED],
    ['the payload twice', { body: `${FORM}&${FORM}` }, MALFORMED],
    ['a form without it', { body: 'a=b' }, MALFORMED],
    ['nothing', { body: '' }, MALFORMED],
    ['a byte order mark before a form', { body: `\ufeff${FORM}` }, MALFORMED],
    ['a GET with another payload', { method: 'GET', url: '/hook?payload=%7B%7D' }, MISMATCH],
    ['a GET without one', { method: 'GET', url: '/hook' }, MALFORMED],
    ['a GET with another parameter', { method: 'GET', url: `/hook?${FORM}&a=b` }, MALFORMED],
    ['a GET with a body', { method: 'GET', url: `/hook?${FORM}`, body: '{"ref":"x"}' }, MALFORMED],
    ['a POST whose payload is in the query', { url: `/hook?${FORM}`, body: '{"ref":"x"}' }, MISMATCH],
    ['an empty signature', { body: BODY, headers: { [`x-${name}-signature`]: '' } }, MALFORMED],
    ['a prefix', { body: BODY, headers: { [`x-${name}-signature`]: `sha256=${SIGNATURE}` } }, MALFORMED],
  ])('is refused with %s', async (_, delivery, verdict) => {
    expect(await verdictOf(verifierOf(provider), sent(delivery))).toBe(verdict);
  });

  it('looks at no other header than its own', async () => {
    const others = request({
      headers: { 'x-hub-signature-256': `sha256=${SIGNATURE}`, 'x-gogs-signature': SIGNATURE },
      body: BODY,
    });
    expect(await verdictOf(verifierOf(provider), others)).toBe('ERR_WEBHOOK_SIGNATURE_MISSING');
  });

  it('comes by POST and GET', async () => {
    const response = await receiverOf(provider).handle(sent({ method: 'PUT', body: BODY }));
    expect(response).toMatchObject({ status: 405, headers: { allow: 'POST, GET' } });
  });
});
