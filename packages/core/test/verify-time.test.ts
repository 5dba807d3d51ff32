import { describe, expect, it } from 'vitest';
import { defineProvider, type HmacOptions, hmac, type ReceiverOptions } from '../src/index.ts';
import { acme, delivery, fickle, macOf, NOW, request, SECRET, verdict, verify } from './support/acme.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

const signing = (options: Partial<HmacOptions>) =>
  hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'], ...options });
const BODY = '{"a":"$& $1 $$ \\u0000"}';
const hex = (...content: (string | Uint8Array)[]) => macOf('sha256', SECRET, ...content).toString('hex');

describe('time', () => {
  const stale = String(NOW / 1000 - 301);

  it.each([
    ['a wrong signature and an old time', { timestamp: stale, secret: 'other' }, MISMATCH],
    ['a wrong signature and no time at all', { timestamp: 'soon', secret: 'other' }, MISMATCH],
    ['a right signature and an old time', { timestamp: stale }, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [
      'a right signature and a time ahead',
      { timestamp: String(NOW / 1000 + 301) },
      'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
    ],
    ['a right signature and no time at all', { timestamp: 'soon' }, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    ['the oldest that is taken', { timestamp: String(NOW / 1000 - 300) }, 'resolved'],
  ])('is looked at after the signature: %s', async (_, spec, wanted) => {
    expect(await verdict(acme({ secret: SECRET }), delivery({}, spec))).toBe(wanted);
  });

  it.each<[ReceiverOptions['tolerance'] & {}, string, string]>([
    [10, '-10', 'resolved'],
    [10, '-11', 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [10, '11', 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    [{ past: 5, future: 0 }, '-5', 'resolved'],
    [{ past: 5, future: 0 }, '1', 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    [0, '0', 'resolved'],
    [0, '-1', 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['unchecked', '-99999999', 'resolved'],
    ['unchecked', '99999999', 'resolved'],
  ])('is allowed %j: %s s', async (tolerance, offset, wanted) => {
    const sent = delivery({}, { timestamp: String(NOW / 1000 + Number(offset)) });
    expect(await verdict(acme({ secret: SECRET }), sent, { tolerance })).toBe(wanted);
  });

  it('that is signed is needed, even unchecked', async () => {
    expect(
      await verdict(acme({ secret: SECRET }), delivery({}, { timestamp: '1.5' }), { tolerance: 'unchecked' }),
    ).toBe('ERR_WEBHOOK_TIMESTAMP_MALFORMED');
  });

  it('is the one that went into the signature, whatever the request says when it is asked again', async () => {
    const sent = fickle(delivery({}, { timestamp: stale }), 'x-acme-timestamp', String(NOW / 1000));
    expect(await verdict(acme({ secret: SECRET }), sent)).toBe('ERR_WEBHOOK_TIMESTAMP_TOO_OLD');
  });

  it('that is not signed decides nothing', async () => {
    const provider = defineProvider({
      name: 'asserted',
      scheme: signing({}),
      timestamp: { header: 'x-time', unit: 's' },
    })({ secret: SECRET });
    const event = (time?: string) =>
      verify(
        provider,
        request({
          body: BODY,
          headers: { 'x-signature': hex(BODY), ...(time !== undefined && { 'x-time': time }) },
        }),
      );
    expect(await event('1')).toMatchObject({ timestamp: new Date(1000), signed: { timestamp: false } });
    expect(await event('soon')).toMatchObject({ timestamp: undefined, signed: { timestamp: false } });
    expect(await event()).toMatchObject({ timestamp: undefined });
  });

  it.each<[unknown, string]>([
    [NOW / 1000, 'resolved'],
    [String(NOW / 1000), 'resolved'],
    [NOW / 1000 - 301, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [NOW / 1000 + 0.5, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    [1e300, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    [-1, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
    [true, 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
    [null, 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
    ['', 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
    [[NOW / 1000], 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
    [undefined, 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
  ])('may stand in the signed payload: %j', async (at, wanted) => {
    const provider = defineProvider({
      name: 'inside',
      scheme: signing({}),
      timestamp: { payload: 'meta.at', unit: 's' },
    })({ secret: SECRET });
    const body = JSON.stringify({ meta: { at } });
    expect(await verdict(provider, request({ body, headers: { 'x-signature': hex(body) } }))).toBe(wanted);
  });

  it('may stand in the signature header', async () => {
    const scheme = signing({
      pairs: { separator: ',', signature: 'v1', fields: ['t'] },
      content: ['timestamp', { text: '.' }, 'body'],
    });
    const provider = defineProvider({ name: 'paired', scheme, timestamp: { field: 't', unit: 's' } })({
      secret: SECRET,
    });
    const sent = (time: string, header: (signature: string) => string) =>
      request({ body: BODY, headers: { 'x-signature': header(hex(time, '.', BODY)) } });
    const now = String(NOW / 1000);
    expect(
      await verdict(
        provider,
        sent(now, (v1) => `t=${now},v1=${v1}`),
      ),
    ).toBe('resolved');
    expect(
      await verdict(
        provider,
        sent(now, (v1) => `v1=${v1},t=${now}`),
      ),
    ).toBe('resolved');
    expect(
      await verdict(
        provider,
        sent(now, (v1) => `t=${now},t=${now},v1=${v1}`),
      ),
    ).toBe(MALFORMED);
    expect(
      await verdict(
        provider,
        sent(now, (v1) => `v1=${v1}`),
      ),
    ).toBe('ERR_WEBHOOK_TIMESTAMP_MISSING');
    expect(
      await verdict(
        provider,
        sent('', (v1) => `t=,v1=${v1}`),
      ),
    ).toBe('ERR_WEBHOOK_TIMESTAMP_MALFORMED');
    expect(
      await verdict(
        provider,
        sent('1', (v1) => `t=1,v1=${v1}`),
      ),
    ).toBe('ERR_WEBHOOK_TIMESTAMP_TOO_OLD');
  });
});
