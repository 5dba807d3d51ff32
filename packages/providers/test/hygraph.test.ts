import { describe, expect, it } from 'vitest';
import { hygraph } from '../src/hygraph.ts';
import { judge, mac, NOW, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-secret-key';
const verifier = verifierOf(hygraph({ secret }));
const BODY = '{"operation":"publish","data":{"title":"Zoë \\"x\\" \\u2028"}}';

/** By the fact sheet: the body as a text inside of JSON. */
const signatureOf = (body: string, env = 'master', time: unknown = NOW): string =>
  mac('sha256', secret, 'base64', JSON.stringify({ Body: body, EnvironmentName: env, TimeStamp: time }));

const post = (header: string, body: string | Uint8Array = BODY) =>
  request({ body, headers: { 'gcms-signature': header } });

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe('the signature', () => {
  it.each<[name: string, header: string, verdict: string]>([
    ['as it is sent', `sign=${signatureOf(BODY)}, env=master, t=${NOW}`, 'accepted'],
    ['of another environment', `sign=${signatureOf(BODY)}, env=staging, t=${NOW}`, MISMATCH],
    ['of another time', `sign=${signatureOf(BODY)}, env=master, t=${NOW + 1}`, MISMATCH],
    [
      'of a time in quotes',
      `sign=${signatureOf(BODY, 'master', String(NOW))}, env=master, t=${NOW}`,
      MISMATCH,
    ],
    [
      'of a time written otherwise',
      `sign=${signatureOf(BODY)}, env=master, t=0${NOW}`,
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    ],
    [
      'of yesterday',
      `sign=${signatureOf(BODY, 'master', NOW - 86_400_000)}, env=master, t=${NOW - 86_400_000}`,
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    ],
    [
      'with two times',
      `sign=${signatureOf(BODY)}, env=master, t=${NOW}, t=1`,
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
    ['without a time', `sign=${signatureOf(BODY)}, env=master`, 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
  ])('%s', async (_, header, verdict) => {
    expect(await verdictOf(verifier, post(header))).toBe(verdict);
  });

  it('is over a text: bytes that are none were never signed', async () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('{"a":"'),
      0xff,
      ...new TextEncoder().encode('"}'),
    ]);
    const header = `sign=${signatureOf('{"a":"\ufffd"}')}, env=master, t=${NOW}`;
    expect(await verdictOf(verifier, post(header, '{"a":"\ufffd"}'))).toBe('accepted');
    expect(await verdictOf(verifier, post(header, bytes))).toBe(MISMATCH);
    expect(await verdictOf(verifier, post(header, '\ufeff{"a":"\ufffd"}'))).toBe(MISMATCH);
  });
});

it('is an event with its time signed, known by its content', async () => {
  const header = `sign=${signatureOf(BODY)}, env=master, t=${NOW}`;
  expect((await judge(verifier, post(header))).event).toMatchObject({
    type: 'publish',
    timestamp: new Date(NOW),
    signed: { timestamp: true },
  });
  const receiver = receiverOf(hygraph({ secret }));
  expect(await receiver.receive(post(header))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(post(header))).toMatchObject({ kind: 'duplicate' });
});
