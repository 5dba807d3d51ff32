import type { Provider } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { type Delivery, hostileDeliveries, type SignableEvent, sign } from '../../testing/src/index.ts';
import { factoryOf, files } from './support/catalogue.ts';
import { NOW, receiverOf, request } from './support/request.ts';
import { type Sample, signOptionsOf } from './support/sample.ts';
import { samplesOf } from './support/samples.ts';

/** The answer to everything that is not genuine. */
const usual = { status: 401, body: '{"error":"signature_invalid"}' };

interface Subject extends Sample {
  readonly file: string;
}

const subjects: readonly Subject[] = files.flatMap((file) =>
  samplesOf(file).map((sample) => ({ variant: '', ...sample, file })),
);

it.each(files)('has a sample of %s', (file) => {
  expect(samplesOf(file).length).toBeGreaterThan(0);
});

describe.each(subjects.filter(({ unsigned }) => unsigned === undefined))('$file $variant', (sample) => {
  const { file, options, event = {}, least = 5 } = sample;
  const signOptions = signOptionsOf(sample);
  const provider = (): Provider => factoryOf(file)(options);
  const timed: SignableEvent = { timestamp: NOW, ...event };
  const arrival = (delivery: Delivery) => request(delivery);

  it('accepts what is signed, and knows it the second time', async () => {
    const handled: string[] = [];
    const receiver = receiverOf(provider(), { on: { '*': ({ type }) => handled.push(type) } });
    const delivery = await sign(provider(), timed, signOptions);
    expect(await receiver.receive(arrival(delivery))).toMatchObject({ kind: 'accepted', handled: true });
    if (provider().anonymous === 'nothing') {
      // Two events of such a sender are the same bytes.
      expect(await receiver.receive(arrival(delivery))).toMatchObject({ kind: 'accepted', handled: true });
      return;
    }
    expect(await receiver.receive(arrival(delivery))).toMatchObject({ kind: 'duplicate' });
    const third = await receiver.handle(arrival(delivery));
    expect(third.headers['webhook-dedup']).toBe('duplicate');
    expect(Math.floor(third.status / 100)).toBe(2);
    expect(handled).toHaveLength(1);
    if (event.type !== undefined) expect(handled).toEqual([event.type]);
  });

  it('refuses everything hostile, and tells nobody why', async () => {
    const handled: unknown[] = [];
    const receiver = receiverOf(provider(), { on: { '*': (each) => handled.push(each) } });
    const hostile = await hostileDeliveries(provider(), timed, signOptions);
    expect(hostile.length).toBeGreaterThanOrEqual(least);
    for (const { name, delivery, codes } of hostile) {
      const outcome = await receiver.receive(arrival(delivery));
      expect(outcome, name).toMatchObject({ kind: 'rejected', code: expect.toBeOneOf([...codes]) });
      const { status, body, headers } = await receiver.handle(arrival(delivery));
      const { status: expected = 401, body: answer = '' } = provider().answers.refused ?? usual;
      expect({ name, status, body }).toEqual({ name, status: expected, body: answer });
      if (provider().answers.refused === undefined) expect(headers['content-type']).toBe('application/json');
    }
    expect(handled).toEqual([]);
  });
});
