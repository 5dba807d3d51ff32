import { describe, expect, it } from 'vitest';
import { stripe } from '../src/stripe.ts';
import {
  configurationError,
  judge,
  mac,
  NOW,
  receiverOf,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'whsec_c3RyaXBl';
const provider = stripe({ secret });
const BODY = '{"id":"evt_1","object":"event","type":"invoice.paid","data":{"object":{"id":"in_1"}}}';

const hex = (at: number | string = SECONDS, body = BODY, key = secret): string =>
  mac('sha256', key, 'hex', `${at}.${body}`);
const RIGHT = hex();
const WRONG = hex(SECONDS, BODY, 'whsec_other');

const delivery = (signature: string, body = BODY) =>
  request({ headers: { 'stripe-signature': signature, 'content-type': 'application/json' }, body });

const mismatch = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const malformed = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

it.each<[name: string, header: string, verdict: string]>([
  ['t and v1', `t=${SECONDS},v1=${RIGHT}`, 'accepted'],
  ['v1 and t', `v1=${RIGHT},t=${SECONDS}`, 'accepted'],
  ['v0 beside it', `t=${SECONDS},v1=${RIGHT},v0=${WRONG}`, 'accepted'],
  ['v0 beside it, twice', `t=${SECONDS},v1=${RIGHT},v0=${WRONG},v0=${WRONG}`, 'accepted'],
  ['v0 alone, and right: that is the scheme of test deliveries', `t=${SECONDS},v0=${RIGHT}`, malformed],
  ['v1 wrong, v0 right', `t=${SECONDS},v1=${WRONG},v0=${RIGHT}`, mismatch],
  ['v2, which is not known yet', `t=${SECONDS},v2=${RIGHT}`, malformed],
  ['a field that is not known yet', `t=${SECONDS},x=1,v1=${RIGHT}`, 'accepted'],
  ['two v1, the second right', `t=${SECONDS},v1=${WRONG},v1=${RIGHT}`, 'accepted'],
  ['two v1, the first right', `t=${SECONDS},v1=${RIGHT},v1=${WRONG}`, 'accepted'],
  ['two v1, both wrong', `t=${SECONDS},v1=${WRONG},v1=${WRONG}`, mismatch],
  ['two v1, one no hex', `t=${SECONDS},v1=nothex,v1=${RIGHT}`, 'accepted'],
  ['16 v1, the last right', `t=${SECONDS}${`,v1=${WRONG}`.repeat(15)},v1=${RIGHT}`, 'accepted'],
  ['17 v1', `t=${SECONDS}${`,v1=${WRONG}`.repeat(16)},v1=${RIGHT}`, malformed],
  ['t twice, the first signed', `t=${SECONDS},t=1,v1=${RIGHT}`, malformed],
  ['t twice, the second signed', `t=1,t=${SECONDS},v1=${RIGHT}`, malformed],
  ['t twice, the same', `t=${SECONDS},t=${SECONDS},v1=${RIGHT}`, malformed],
  ['no t', `v1=${RIGHT}`, 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
  ['no v1', `t=${SECONDS}`, malformed],
  ['spaces', `t=${SECONDS}, v1=${RIGHT}`, malformed],
  ['semicolons', `t=${SECONDS};v1=${RIGHT}`, malformed],
  ['the hex in capitals', `t=${SECONDS},v1=${RIGHT.toUpperCase()}`, malformed],
  ['the hex cut short', `t=${SECONDS},v1=${RIGHT.slice(0, -2)}`, malformed],
  ['one digit too few', `t=${SECONDS},v1=${RIGHT.slice(0, -1)}`, malformed],
  ['more hex than that', `t=${SECONDS},v1=${RIGHT}00`, malformed],
  ['an algorithm before it', `t=${SECONDS},v1=sha256=${RIGHT}`, malformed],
  ['nothing but the hex', RIGHT, malformed],
  ['another time than the signed one', `t=${SECONDS + 1},v1=${RIGHT}`, mismatch],
])('a header with %s', async (_, header, verdict) => {
  expect(await verdictOf(verifierOf(provider), delivery(header))).toBe(verdict);
});

it.each([
  ['milliseconds', String(NOW), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ['a fraction', `${SECONDS}.0`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['a word', 'now', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['nothing', '', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['a leading zero', `0${SECONDS}`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  [
    'next year: what Stripe itself would let through',
    String(SECONDS + 31_536_000),
    'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
  ],
])('a time of %s, rightly signed', async (_, at, verdict) => {
  expect(await verdictOf(verifierOf(provider), delivery(`t=${at},v1=${hex(at)}`))).toBe(verdict);
});

describe('the secret', () => {
  it('is used whole: its whsec_ is no mark of base64', async () => {
    const decoded = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const header = `t=${SECONDS},v1=${mac('sha256', decoded, 'hex', `${SECONDS}.${BODY}`)}`;
    expect(await verdictOf(verifierOf(provider), delivery(header))).toBe(mismatch);
  });

  it.each([
    'sk_live_1',
    'sk_test_1',
    'rk_live_1',
    'pk_live_1',
    'we_1',
    '',
    ' whsec_1',
    'whsec_1\n',
    undefined,
  ])('is not %j', (wrong) => {
    expect(configurationError(() => stripe({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
    expect(configurationError(() => stripe({ secret: [secret, wrong as string] }))).toBe(
      'ERR_WEBHOOK_CONFIG_SECRET',
    );
  });
});

describe('an event', () => {
  it('has everything signed', async () => {
    const { event } = await judge(verifierOf(provider), delivery(`t=${SECONDS},v1=${RIGHT}`));
    expect(event).toMatchObject({
      id: 'evt_1',
      type: 'invoice.paid',
      payload: { data: { object: { id: 'in_1' } } },
      timestamp: new Date(NOW),
      signed: { id: true, type: true, timestamp: true },
    });
  });

  it('of the thin kind has its type too', async () => {
    const body =
      '{"id":"evt_2","object":"v2.core.event","type":"v1.billing.meter.no_meter_found","livemode":false}';
    const sent = delivery(`t=${SECONDS},v1=${hex(SECONDS, body)}`, body);
    expect((await judge(verifierOf(provider), sent)).event).toMatchObject({
      id: 'evt_2',
      type: 'v1.billing.meter.no_meter_found',
    });
  });

  it('reaches the handler of its type, once, and a retry is signed anew', async () => {
    const paid: unknown[] = [];
    const receiver = receiverOf(provider, { on: { 'invoice.paid': ({ payload }) => paid.push(payload) } });
    const first = await receiver.handle(delivery(`t=${SECONDS},v1=${RIGHT}`));
    expect(first).toMatchObject({ status: 200, body: '{"received":true}' });
    const retry = await receiver.handle(delivery(`t=${SECONDS + 60},v1=${hex(SECONDS + 60)}`));
    expect(retry).toMatchObject({ status: 200, headers: { 'webhook-dedup': 'duplicate' } });
    expect(paid).toEqual([JSON.parse(BODY)]);
  });

  it('whose body is no JSON is a bad request, not a bad signature', async () => {
    const sent = delivery(`t=${SECONDS},v1=${hex(SECONDS, '{')}`, '{');
    expect(await receiverOf(provider).handle(sent)).toMatchObject({
      status: 400,
      body: '{"error":"payload_invalid"}',
    });
  });
});
