import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import {
  assertAccepted,
  assertDuplicate,
  assertLogged,
  assertRefused,
  assertRetryLater,
  assertRuns,
} from '../assertions.ts';
import { deliveryOf } from '../deliveries.ts';
import { watchedStore } from '../watched-store.ts';

const down = async (): Promise<never> => {
  throw new Error('connect ECONNREFUSED 10.0.0.7');
};

/** A store that is away for the first call of a verb. */
function awayOnce<Given extends readonly unknown[], Answer>(
  verb: (...given: Given) => Promise<Answer>,
): (...given: Given) => Promise<Answer> {
  let calls = 0;
  return (...given) => (calls++ === 0 ? down() : verb(...given));
}

/** What a store does, and what the sender hears of it. */
export const storeCases: readonly AdapterCase[] = [
  onEndpoint(
    'a store that is away: 503, nothing runs, and the delivery runs when it is back',
    { store: () => watchedStore(({ claim }) => ({ claim: awayOnce(claim) })) },
    async (endpoint) => {
      const delivery = deliveryOf();
      assertRetryLater(await endpoint.send(delivery));
      assertRuns(endpoint, 0);
      await assertLogged(endpoint, 'ERR_WEBHOOK_STORE_UNAVAILABLE');
      assertAccepted(await endpoint.send(delivery));
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint(
    'a store that is away after the handler: still 200, and recorded later',
    { store: () => watchedStore(({ complete }) => ({ complete: awayOnce(complete) })) },
    async (endpoint) => {
      const delivery = deliveryOf();
      assertAccepted(await endpoint.send(delivery));
      assertRuns(endpoint, 1);
      const completions = () => endpoint.store.calls.entries.filter((verb) => verb === 'complete').length;
      await endpoint.store.calls.until(() => completions() === 2, 'a second attempt at completing');
      assertDuplicate(await endpoint.send(delivery));
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint(
    'a claim lost to another process: 503',
    { store: () => watchedStore(() => ({ complete: async () => false })) },
    async (endpoint) => {
      assertRetryLater(await endpoint.send(deliveryOf()));
      await assertLogged(endpoint, 'ERR_WEBHOOK_LEASE_LOST');
    },
  ),
  onEndpoint(
    'a store that cannot release changes nothing about the answer',
    { store: () => watchedStore(() => ({ release: down })), handler: down },
    async (endpoint) => {
      assertRefused(await endpoint.send(deliveryOf()), 500, 'handler_failed');
      assert.deepEqual(endpoint.store.calls.entries, ['claim', 'release']);
    },
  ),
];
