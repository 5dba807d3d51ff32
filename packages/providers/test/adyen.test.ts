import { describe, expect, it } from 'vitest';
import { adyen } from '../src/adyen.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00';
const KEY = Buffer.from(secret, 'hex');
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';

interface Item {
  readonly [field: string]: unknown;
}

const fields: Item = {
  pspReference: '7914073381342284',
  merchantAccountCode: 'TestMerchant',
  merchantReference: 'Order-1',
  amount: { value: 1130, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
};

const TEXT = '7914073381342284::TestMerchant:Order-1:1130:EUR:AUTHORISATION:true';

const item = (text = TEXT, over: Item = {}, signature = mac('sha256', KEY, 'base64', text)) => ({
  NotificationRequestItem: { ...fields, ...over, additionalData: { hmacSignature: signature } },
});

const post = (...items: unknown[]) =>
  request({ body: JSON.stringify({ live: 'false', notificationItems: items }) });

const verifier = verifierOf(adyen({ secret }));
const right = mac('sha256', KEY, 'base64', TEXT);

/** The same bytes, with one of the two bits set that base64 leaves over. */
const respelled = right.replace(/.(?==$)/, (last) => String.fromCharCode(last.charCodeAt(0) + 1));

describe('an item', () => {
  it.each<[name: string, items: unknown[], verdict: string]>([
    ['as it is signed', [item()], 'accepted'],
    ['with numbers and truth as such', [item(TEXT, { success: true })], 'accepted'],
    ['with null for nothing', [item(TEXT, { originalReference: null })], 'accepted'],
    [
      'with a reference that has colons',
      [item(TEXT.replace('Order-1', 'a:b\\:c'), { merchantReference: 'a:b\\:c' })],
      'accepted',
    ],
    [
      'whose colon moved to another field',
      [
        item(TEXT.replace('Order-1', 'a:b'), {
          merchantAccountCode: 'TestMerchant:a',
          merchantReference: 'b',
        }),
      ],
      MISMATCH,
    ],
    ['of another amount', [item(TEXT, { amount: { value: 1131, currency: 'EUR' } })], MISMATCH],
    ['of another outcome', [item(TEXT, { success: 'false' })], MISMATCH],
    ['of another account', [item(TEXT, { merchantAccountCode: 'Other' })], MISMATCH],
    ['signed in hex', [item(TEXT, {}, mac('sha256', KEY, 'hex', TEXT))], MALFORMED],
    ['with spaces about its signature', [item(TEXT, {}, ` ${right}`)], MALFORMED],
    ['without a signature', [{ NotificationRequestItem: fields }], MISSING],
    ['that is none', [null], MISSING],
  ])('%s', async (_, items, verdict) => {
    expect(await verdictOf(verifier, post(...items))).toBe(verdict);
  });

  it('has the rest of it unsigned', async () => {
    const { event } = await judge(verifier, post(item(TEXT, { reason: 'changed on the way' })));
    expect(event).toMatchObject({
      id: TEXT,
      type: 'AUTHORISATION',
      signed: { id: true, type: true, timestamp: false },
    });
  });
});

describe('a batch', () => {
  const second = 'X::TestMerchant:Order-1:1130:EUR:CAPTURE:true';
  const other = item(second, { pspReference: 'X', eventCode: 'CAPTURE' });

  it.each<[name: string, items: unknown[], verdict: string]>([
    ['of two', [item(), other], 'accepted'],
    ['whose second is forged', [item(), item(second, { pspReference: 'X' })], MISMATCH],
    ['whose second has no signature', [item(), { NotificationRequestItem: fields }], MISMATCH],
    ['whose second has a loose signature', [item(), item(TEXT, {}, right.replace('=', ''))], MISMATCH],
    ['whose second has another spelling of its signature', [item(), item(TEXT, {}, respelled)], MISMATCH],
    ['whose second is nothing', [item(), {}], MISMATCH],
    ['whose first is forged', [item(TEXT, { success: 'false' }), item()], MISMATCH],
    ['of more than are sent', Array.from({ length: 101 }, () => item()), MISMATCH],
    ['of none', [], MISSING],
  ])('%s', async (_, items, verdict) => {
    expect(await verdictOf(verifier, post(...items))).toBe(verdict);
  });

  it('is one event, and a type of its own where the codes differ', async () => {
    expect((await judge(verifier, post(item(), other))).event).toMatchObject({
      id: `${TEXT}\n${second}`,
      type: 'batch',
    });
    expect((await judge(verifier, post(item(), item()))).event).toMatchObject({ type: 'AUTHORISATION' });
  });

  it('is an object with a list', async () => {
    const sent = request({ body: JSON.stringify({ notificationItems: { 0: item() } }) });
    expect(await verdictOf(verifier, sent)).toBe(MISMATCH);
  });
});

it('is answered as Adyen wants it, and known by what was signed', async () => {
  const receiver = receiverOf(adyen({ secret }));
  expect(await receiver.handle(post(item()))).toMatchObject({ status: 200, body: '[accepted]' });
  const again = await receiver.handle(post(item(TEXT, { reason: 'another' })));
  expect(again).toMatchObject({ status: 200, body: '[accepted]', headers: { 'webhook-dedup': 'duplicate' } });
});

it.each(['not hex', `${secret}0`, ''])('refuses the key %j', (wrong) => {
  expect(configurationError(() => adyen({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
