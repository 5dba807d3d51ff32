import { createReceiver, isWebhookError, type Receiver } from '@countersign/core';
import { type Delivery, sign, toRequest } from '@countersign/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProvider } from '../../src/make-provider.ts';
import { type Oracle, oracles } from '../../src/oracles/index.ts';

const event = () => ({
  id: 'evt_conformance_1',
  type: 'thing.created',
  payload: { amount: 614.0, name: 'Zoë & Co. $& $$', list: [1, 2], nested: { ok: true } },
  timestamp: Math.floor(Date.now() / 1000),
});

/** What our own signer needs, where the vendor sends more than the signed parts. */
const extras: Record<string, { headers?: Record<string, string>; format?: 'json' | 'form'; url?: string }> = {
  shopify: {
    headers: { 'x-shopify-shop-domain': 'example.myshopify.com', 'x-shopify-api-version': '2026-07' },
  },
  'github (form)': { format: 'form' },
  'twilio (json)': { format: 'json', url: 'https://hooks.example.com/twilio' },
  twilio: { url: 'https://hooks.example.com/twilio' },
};

const receiverOf = (oracle: Oracle): Receiver =>
  createReceiver(makeProvider(oracle.provider, oracle.options), { store: false, logger: false });

async function ourVerdict(receiver: Receiver, delivery: Delivery): Promise<boolean> {
  try {
    await receiver.verify(toRequest(delivery));
    return true;
  } catch (error) {
    if (isWebhookError(error) && error.status === 401) return false;
    throw error;
  }
}

const ours = (oracle: Oracle): Promise<Delivery> => {
  const provider = makeProvider(oracle.provider, oracle.options);
  const { timestamp, ...rest } = event();
  const options = oracle.privateKey ? { privateKey: oracle.privateKey } : {};
  return sign(provider, { ...rest, timestamp: timestamp * 1000, ...extras[oracle.name] }, options);
};

const mutable = (delivery: Delivery) => ({ ...delivery, headers: { ...delivery.headers } });

function flipped(delivery: Delivery, at: number, bit: number): Delivery {
  const body = delivery.body.slice();
  body[at % body.length] = (body[at % body.length] as number) ^ (1 << bit);
  return { ...delivery, body };
}

const signatureHeader = (oracle: Oracle): string => {
  const [scheme] = makeProvider(oracle.provider, oracle.options).rules.schemes.slice(-1);
  return [scheme?.grammar.header].flat()[0] as string;
};

describe.each(oracles)('$name against $sdk', (oracle) => {
  const receiver = receiverOf(oracle);
  const makers: [string, () => Promise<Delivery>][] = [['our own signer', () => ours(oracle)]];
  if (oracle.sign) makers.push(['the SDK', () => (oracle.sign as NonNullable<Oracle['sign']>)(event())]);

  it.each(makers)('agrees on a delivery signed by %s', async (_, make) => {
    const delivery = await make();
    expect(await oracle.verify(mutable(delivery))).toBe(true);
    expect(await ourVerdict(receiver, delivery)).toBe(true);
  });

  it.each(makers)('refuses what is changed, as the SDK does, signed by %s', async (_, make) => {
    const delivery = await make();
    const name = signatureHeader(oracle);
    const value = delivery.headers[name] as string;
    const changed: Delivery[] = [
      {
        ...delivery,
        headers: {
          ...delivery.headers,
          [name]: value.replace(/.(.{6})$/, (all) => (all[0] === 'b' ? 'c' : 'b') + all.slice(1)),
        },
      },
      { ...delivery, headers: { ...delivery.headers, [name]: value.slice(0, -8) } },
      {
        ...delivery,
        body: new TextEncoder().encode(new TextDecoder().decode(delivery.body).replace('Co', 'Ca')),
      },
    ];
    for (const each of changed) {
      expect(await ourVerdict(receiver, each)).toBe(false);
      expect(await oracle.verify(mutable(each))).toBe(false);
    }
  });

  it.each(makers)(
    'accepts nothing that the SDK refuses, over random flips of what %s made',
    async (_, make) => {
      const genuine = await make();
      // Two spellings of one form field are one field to Twilio, and its signature covers fields.
      const isForm = oracle.weaknesses.includes('compares form fields, not bytes');
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat({ max: 7 }), async (at, bit) => {
          const delivery = flipped(genuine, at, bit);
          const accepted = await ourVerdict(receiver, delivery);
          if (!isForm) expect(accepted).toBe(false);
          if (accepted) expect(await oracle.verify(mutable(delivery))).toBe(true);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('refuses a secret that is not the sender’s', async () => {
    const other = oracle.privateKey
      ? { publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c' }
      : { ...oracle.options, secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx' };
    const stranger = createReceiver(makeProvider(oracle.provider, other), { store: false, logger: false });
    expect(await ourVerdict(stranger, await ours(oracle))).toBe(false);
  });
});

describe.each(oracles.filter(({ sign: signs }) => signs))('the event of $name', (oracle) => {
  it('bears the id and the type that the vendor’s SDK was given', async () => {
    const delivery = await (oracle.sign as NonNullable<Oracle['sign']>)(event());
    const verified = await receiverOf(oracle).verify(toRequest(delivery));
    expect(verified.id).toBe('evt_conformance_1');
    if (oracle.name !== 'twilio (json)') expect(verified.type).toBe('thing.created');
    expect(verified.body).toEqual(delivery.body);
  });
});
