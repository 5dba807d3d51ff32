import { createReceiver, type Provider, type Receiver, type ReceiverOptions } from '@countersign/core';
import { hostileDeliveries, type SignableEvent, sign, toRequest } from '@countersign/testing';
import { NOW } from '../../../../providers/test/support/receiver.ts';
import { factoryOptionsOf, type Sample, signOptionsOf } from '../../../../providers/test/support/sample.ts';
import { makeProvider } from '../../make-provider.ts';
import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';

/** By the file name of their provider. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

async function deliver(receiver: Receiver, delivery: Parameters<typeof toRequest>[0]): Promise<string> {
  const response = await receiver.fetch(toRequest(delivery));
  const told = response.headers.get('webhook-dedup') ?? '';
  await response.text();
  return `${response.status} ${told}`.trim();
}

async function attack(file: string, sample: Sample): Promise<number> {
  const provider = (): Provider => makeProvider(file, { ...factoryOptionsOf(sample) });
  const { acknowledge, anonymous, answers } = provider();
  const handled: string[] = [];
  const receiver = createReceiver(provider(), {
    now: () => NOW,
    logger: false,
    on: { '*': ({ type }) => void handled.push(type) },
  } as ReceiverOptions) as Receiver;
  const event: SignableEvent = { timestamp: NOW, ...sample.event };
  const genuine = await sign(provider(), event, signOptionsOf(sample));
  const accepted = String(acknowledge?.status ?? 200);
  // Two events of a sender without ids are the same bytes.
  const again = anonymous === 'nothing' ? accepted : `${accepted} duplicate`;
  assertSame(await deliver(receiver, genuine), accepted, 'what is signed');
  assertSame(await deliver(receiver, genuine), again, 'what is signed, once more');
  assertSame(handled.length, anonymous === 'nothing' ? 2 : 1, 'events handled');

  const hostile = await hostileDeliveries(provider(), event, signOptionsOf(sample));
  if (hostile.length < (sample.least ?? 5)) throw new Error(`only ${hostile.length} hostile deliveries`);
  for (const { name, delivery } of hostile) {
    assertSame(await deliver(receiver, delivery), String(answers.refused?.status ?? 401), name);
  }
  assertSame(handled.length, anonymous === 'nothing' ? 2 : 1, 'events handled in the end');
  return 2 + hostile.length;
}

/** Signed deliveries of every provider through `receiver.fetch`: accepted once, and refused however they are changed. */
export const sampleChecks = (samples: Samples): readonly Check[] =>
  Object.entries(samples).flatMap(([file, rows]) =>
    rows
      .filter(({ unsigned }) => unsigned === undefined)
      .map((sample) => ({
        name: `${file} ${sample.variant ?? ''}`.trim(),
        run: () => attack(file, sample),
      })),
  );
