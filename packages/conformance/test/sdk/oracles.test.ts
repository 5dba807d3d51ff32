import { createReceiver, isWebhookError, type Receiver } from '@countersign/core';
import { type Delivery, sign, toRequest } from '@countersign/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProvider } from '../../src/make-provider.ts';
import { type Oracle, oracles } from '../../src/oracles/index.ts';
import { isInstalled } from '../../src/oracles/sdk.ts';

const event = () => ({
  id: 'evt_conformance_1',
  type: 'thing.created',
  payload: { amount: 614.0, name: 'Zoë & Co. $& $$', list: [1, 2], nested: { ok: true } },
  timestamp: Math.floor(Date.now() / 1000),
});

const receiverOf = (oracle: Oracle): Receiver =>
  createReceiver(makeProvider(oracle.provider, oracle.options), { store: false, logger: false });

async function ourVerdict(receiver: Receiver, delivery: Delivery): Promise<boolean> {
  try {
    await receiver.verify(toRequest(delivery));
    return true;
  } catch (error) {
    // A token covers no body: one that it stands before and that cannot be read is refused too, for that.
    if (isWebhookError(error) && (error.status === 401 || error.status === 400)) return false;
    throw error;
  }
}

const ours = (oracle: Oracle): Promise<Delivery> => {
  const provider = makeProvider(oracle.provider, oracle.options);
  const { timestamp, ...rest } = event();
  const options = oracle.privateKey ? { privateKey: oracle.privateKey } : {};
  return sign(provider, { ...rest, timestamp: timestamp * 1000, ...oracle.event }, options);
};

const mutable = (delivery: Delivery) => ({ ...delivery, headers: { ...delivery.headers } });

function flipped(delivery: Delivery, at: number, bit: number): Delivery {
  const body = delivery.body.slice();
  body[at % body.length] = (body[at % body.length] as number) ^ (1 << bit);
  return { ...delivery, body };
}

/** The headers that hold a signature of this delivery. */
function signatureHeaders(oracle: Oracle, { headers }: Delivery): readonly string[] {
  const { schemes } = makeProvider(oracle.provider, oracle.options).rules;
  const names = schemes.flatMap(({ grammar }) => [grammar.header ?? []].flat());
  return [...new Set(names)].filter((name) => name in headers);
}

/** Another signature where it stands in the payload: one letter of it changed, in a run that no encoding touches. */
async function withPayloadSignature(oracle: Oracle, delivery: Delivery): Promise<Delivery[]> {
  const { schemes, payload } = makeProvider(oracle.provider, oracle.options).rules;
  const request = { ...delivery, headers: new Headers(delivery.headers) };
  const text = new TextDecoder().decode(delivery.body);
  const parsed = await payload.parse(delivery.body, request);
  return schemes.flatMap(({ grammar }) => {
    const path = grammar.payload?.split('.') ?? [];
    const signature = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], parsed);
    const [run] = path.length === 0 ? [] : (/[A-Za-z0-9]{8}/.exec(String(signature)) ?? []);
    if (run === undefined) return [];
    const other = (run[0] === 'b' ? 'c' : 'b') + run.slice(1);
    return [{ ...delivery, body: new TextEncoder().encode(text.replace(run, other)) }];
  });
}

const coversBody = (oracle: Oracle): boolean =>
  makeProvider(oracle.provider, oracle.options).rules.schemes.every(({ covers }) =>
    covers.some((part) => part === 'body' || (typeof part === 'object' && 'digest' in part)),
  );

const withHeaders = (
  delivery: Delivery,
  names: readonly string[],
  change: (value: string) => string,
): Delivery => ({
  ...delivery,
  headers: Object.fromEntries(
    Object.entries(delivery.headers).map(([name, value]) => [
      name,
      names.includes(name) ? change(value) : value,
    ]),
  ),
});

/** A secret that differs in one letter, behind whatever marks it. */
const otherSecret = (secret: unknown): unknown =>
  typeof secret === 'string'
    ? secret.replace(/.(.{4})$/, (all) => (all[0] === 'b' ? 'c' : 'b') + all.slice(1))
    : secret;

const available = oracles.filter(({ needs }) => needs === undefined || isInstalled(needs));
const missing = oracles.filter((oracle) => !available.includes(oracle));

it.skipIf(process.env.CI === undefined && missing.length > 0)(
  'has every SDK that it needs (npm run oracles:install fetches them; skipped without them, but not where CI is set)',
  () => {
    expect(missing.map(({ sdk }) => sdk)).toEqual([]);
  },
);

describe.each(available)('$name against $sdk', (oracle) => {
  const receiver = receiverOf(oracle);
  const makers: [string, () => Promise<Delivery>][] = [];
  if (oracle.ours !== false) makers.push(['our own signer', () => ours(oracle)]);
  if (oracle.sign) makers.push(['the SDK', () => (oracle.sign as NonNullable<Oracle['sign']>)(event())]);

  it.each(makers)('agrees on a delivery signed by %s', async (_, make) => {
    const delivery = await make();
    expect(await oracle.verify(mutable(delivery))).toBe(true);
    expect(await ourVerdict(receiver, delivery)).toBe(true);
  });

  it.each(makers)('refuses what is changed, as the SDK does, signed by %s', async (_, make) => {
    const delivery = await make();
    const names = signatureHeaders(oracle, delivery);
    const changed: Delivery[] = [];
    if (names.length > 0) {
      const swap = (value: string) =>
        value.replace(/.(.{6})$/, (all) => (all[0] === 'b' ? 'c' : 'b') + all.slice(1));
      changed.push(
        withHeaders(delivery, names, swap),
        withHeaders(delivery, names, (value) => value.slice(0, -8)),
      );
    }
    changed.push(...(await withPayloadSignature(oracle, delivery)));
    if (coversBody(oracle)) {
      const text = new TextDecoder().decode(delivery.body);
      // `Co` stands in the payload, and letter for letter in a form too.
      expect(text).toContain('Co');
      changed.push({ ...delivery, body: new TextEncoder().encode(text.replace('Co', 'Ca')) });
    }
    expect(changed.length).toBeGreaterThan(0);
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
          if (!isForm && coversBody(oracle)) expect(accepted).toBe(false);
          if (accepted) expect(await oracle.verify(mutable(delivery))).toBe(true);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('refuses a secret that is not the sender’s', async () => {
    const other = oracle.stranger ?? { ...oracle.options, secret: otherSecret(oracle.options.secret) };
    const stranger = createReceiver(makeProvider(oracle.provider, other), { store: false, logger: false });
    for (const [, make] of makers) expect(await ourVerdict(stranger, await make())).toBe(false);
  });
});

describe.each(available.filter(({ sign: signs }) => signs))('the event of $name', (oracle) => {
  it('bears the id and the type that the vendor’s SDK was given', async () => {
    const delivery = await (oracle.sign as NonNullable<Oracle['sign']>)(event());
    const verified = await receiverOf(oracle).verify(toRequest(delivery));
    const { bears = ['id', 'type'] } = oracle;
    if (bears.includes('id')) expect(verified.id).toBe('evt_conformance_1');
    if (bears.includes('type')) expect(verified.type).toBe('thing.created');
    expect(verified.body).toEqual(delivery.body);
  });
});
