import type { Provider } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import {
  type Delivery,
  hostileDeliveries,
  type SignableEvent,
  type SignOptions,
  sign,
} from '../../testing/src/index.ts';
import { factoryOf } from './support/catalogue.ts';
import { NOW, PUBLIC_KEY, receiverOf, request, SEED } from './support/request.ts';
import { vectorFiles } from './support/vectors.ts';

interface Subject {
  readonly file: string;
  readonly variant?: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly event?: SignableEvent;
  readonly signOptions?: SignOptions;
  /** Hostile deliveries at least: a scheme that covers less gives fewer. */
  readonly least: number;
}

const privateKey = new Uint8Array(Buffer.from(SEED, 'hex'));
const whpk = `whpk_${Buffer.from(PUBLIC_KEY, 'hex').toString('base64')}`;
const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const publicUrl = 'https://hooks.example.com/twilio';

const EVERYTHING = 13;
const UNTIMED = 12;

const subjects: readonly Subject[] = [
  {
    file: 'discord',
    options: { publicKey: PUBLIC_KEY },
    event: { payload: { type: 2 } },
    signOptions: { privateKey },
    least: EVERYTHING,
  },
  { file: 'github', options: { secret: 'a-secret' }, event: { type: 'push' }, least: UNTIMED },
  {
    file: 'github',
    variant: 'form',
    options: { secret: 'a-secret' },
    event: { type: 'push', format: 'form' },
    least: UNTIMED,
  },
  {
    file: 'gitlab',
    variant: 'signing token',
    options: { secret: whsec },
    event: { type: 'Push Hook' },
    least: EVERYTHING,
  },
  {
    file: 'gitlab',
    variant: 'secret token',
    options: { secret: 'a-secret' },
    event: { type: 'Push Hook' },
    least: 6,
  },
  { file: 'meta', options: { secret: 'a-secret' }, event: { type: 'page' }, least: UNTIMED },
  { file: 'shopify', options: { secret: 'a-secret' }, event: { type: 'orders/create' }, least: UNTIMED },
  { file: 'slack', options: { secret: 'a-secret' }, event: { type: 'app_mention' }, least: EVERYTHING },
  {
    file: 'slack',
    variant: 'form',
    options: { secret: 'a-secret' },
    event: { format: 'form', payload: { type: 'block_actions' } },
    least: EVERYTHING,
  },
  {
    file: 'standard-webhooks',
    variant: 'v1',
    options: { secret: whsec },
    event: { type: 'user.created' },
    least: EVERYTHING,
  },
  {
    file: 'standard-webhooks',
    variant: 'v1a',
    options: { publicKey: whpk },
    signOptions: { privateKey },
    least: EVERYTHING,
  },
  {
    file: 'stripe',
    options: { secret: 'whsec_a-secret' },
    event: { type: 'invoice.paid' },
    least: EVERYTHING + 1,
  },
  {
    file: 'svix',
    variant: 'v1',
    options: { secret: whsec },
    event: { type: 'user.created' },
    least: EVERYTHING,
  },
  {
    file: 'svix',
    variant: 'v1a',
    options: { publicKey: whpk },
    signOptions: { privateKey },
    least: EVERYTHING,
  },
  {
    file: 'twilio',
    variant: 'form',
    options: { secret: 'a-secret', publicUrl },
    event: { payload: { MessageSid: 'SM1' } },
    least: UNTIMED,
  },
  {
    file: 'twilio',
    variant: 'JSON',
    options: { secret: 'a-secret', publicUrl },
    event: { format: 'json', payload: { a: 1 } },
    least: UNTIMED,
  },
];

it('covers every provider', () => {
  expect([...new Set(subjects.map(({ file }) => file))].sort()).toEqual([...vectorFiles].sort());
});

describe.each(subjects)('$file $variant', ({ file, options, event = {}, signOptions = {}, least }) => {
  const provider: Provider = factoryOf(file)(options);
  const timed: SignableEvent = { timestamp: NOW, ...event };
  const arrival = (delivery: Delivery) => request(delivery);

  it('accepts what is signed, and knows it the second time', async () => {
    const handled: string[] = [];
    const receiver = receiverOf(provider, { on: { '*': ({ type }) => handled.push(type) } });
    const delivery = await sign(provider, timed, signOptions);
    expect(await receiver.receive(arrival(delivery))).toMatchObject({ kind: 'accepted', handled: true });
    expect(await receiver.receive(arrival(delivery))).toMatchObject({ kind: 'duplicate' });
    const third = await receiver.handle(arrival(delivery));
    expect(third.headers['webhook-dedup']).toBe('duplicate');
    expect(Math.floor(third.status / 100)).toBe(2);
    expect(handled).toHaveLength(1);
    if (event.type !== undefined) expect(handled).toEqual([event.type]);
  });

  it('refuses everything hostile, and tells nobody why', async () => {
    const handled: unknown[] = [];
    const receiver = receiverOf(provider, { on: { '*': (each) => handled.push(each) } });
    const hostile = await hostileDeliveries(provider, timed, signOptions);
    expect(hostile.length).toBeGreaterThanOrEqual(least);
    for (const { name, delivery, codes } of hostile) {
      const outcome = await receiver.receive(arrival(delivery));
      expect(outcome, name).toMatchObject({ kind: 'rejected', code: expect.toBeOneOf([...codes]) });
      const { status, body, headers } = await receiver.handle(arrival(delivery));
      expect({ name, status, body }).toEqual({ name, status: 401, body: '{"error":"signature_invalid"}' });
      expect(headers['content-type']).toBe('application/json');
    }
    expect(handled).toEqual([]);
  });
});
