import { createReceiver, type Receiver } from '@countersign/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confidants, NOW } from '../../src/privacy/confidants.ts';
import { forgeriesOf } from '../../src/privacy/forgeries.ts';
import { interrogate } from '../../src/privacy/interrogation.ts';
import { leakFinder } from '../../src/privacy/leaks.ts';
import { possessionsOf } from '../../src/privacy/possessions.ts';
import { printed } from '../../src/privacy/witness.ts';

const all = await confidants();

const unhandled: unknown[] = [];
const listener = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', listener));
afterAll(() => {
  process.off('unhandledRejection', listener);
  expect(unhandled).toEqual([]);
});

it('every provider has been told something', () => {
  expect(all.length).toBeGreaterThanOrEqual(229);
  for (const { title, confidential } of all)
    expect(Object.keys(confidential), title).toContainEqual(expect.stringMatching(/^signature 1/));
});

describe.each(all)('$title', (confidant) => {
  it('whatever fails, nobody reads a secret, a signature, a payload or a query', {
    timeout: 60_000,
  }, async () => {
    const { tried, leaks } = await interrogate(confidant);
    expect(leaks).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  it('whatever is printed, nobody reads a secret', async () => {
    const { confidential } = confidant;
    const secrets = Object.fromEntries(
      Object.entries(confidential).filter(([name]) => /^(?:secret|token|apiSecret|authorization)/.test(name)),
    );
    // A token that is sent stands in what was sent.
    const body = Buffer.from(confidant.genuine.body).toString('latin1');
    const kept = Object.fromEntries(
      Object.entries(secrets).filter(([, what]) => !body.includes(String(what))),
    );
    for (const { name, what, isDelivery } of await possessionsOf(confidant)) {
      const leaksIn = leakFinder(isDelivery ? kept : confidential);
      expect({ name, leaks: leaksIn(printed(what)) }).toEqual({ name, leaks: [] });
    }
  });

  it('refuses everything by one answer, to the letter', async () => {
    const forgeries = await forgeriesOf(confidant);
    const answers = new Map<string, string[]>();
    for (const { name, request, provider } of forgeries) {
      const options = { now: () => NOW, logger: false, on: {} } as never;
      const receiver = createReceiver(provider as never, options) as unknown as Receiver;
      const answer = JSON.stringify(await receiver.handle(request));
      answers.set(answer, [...(answers.get(answer) ?? []), name]);
    }
    expect(Object.fromEntries(answers)).toEqual({ [[...answers.keys()][0] as string]: expect.anything() });
    const { refused } = confidant.provider().answers;
    if (refused === undefined) {
      expect([...answers.keys()]).toEqual([
        JSON.stringify({
          status: 401,
          headers: {
            'content-type': 'application/json',
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
          body: '{"error":"signature_invalid"}',
        }),
      ]);
    }
    expect(forgeries.length).toBeGreaterThan(4);
  });
});
