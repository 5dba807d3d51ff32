import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import {
  assertAccepted,
  assertDuplicate,
  assertRefused,
  assertRetryLater,
  assertRuns,
} from '../assertions.ts';
import { withApp } from '../client.ts';
import { deliveryOf } from '../deliveries.ts';
import { requestBytes } from '../raw-request.ts';
import { senders } from '../senders.ts';
import { suiteRoute } from '../suite-route.ts';
import { watchedStore } from '../watched-store.ts';

/** Fails the first attempt, and no other. */
const failOnce = (attempt: number): void => {
  if (attempt === 1) throw new Error('the database of 10.0.0.7 is away, password hunter2');
};

/** One delivery, one run. */
export const dedupCases: readonly AdapterCase[] = [
  onEndpoint('a duplicate of a handled delivery is acknowledged and does not run', {}, async (endpoint) => {
    const delivery = deliveryOf();
    assertAccepted(await endpoint.send(delivery));
    assertDuplicate(await endpoint.send(delivery));
    assertDuplicate(await endpoint.send(delivery, 'chunked'));
    assertRuns(endpoint, 1);
  }),
  onEndpoint(
    'a duplicate of a running delivery is sent away until it is handled',
    { held: true },
    async (endpoint) => {
      const delivery = deliveryOf();
      const connection = await endpoint.connect();
      await connection.write(requestBytes(delivery));
      await endpoint.runs.untilSize(1, 'the handler to run');
      assertRetryLater(await endpoint.send(delivery));
      endpoint.latch.open();
      assertAccepted(await connection.response());
      assertDuplicate(await endpoint.send(delivery));
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint(
    'of ten copies at once exactly one runs, and no other is told that it did',
    { held: true },
    async (endpoint) => {
      const delivery = deliveryOf();
      const answers = Array.from({ length: 10 }, () => endpoint.send(delivery));
      await endpoint.store.calls.untilSize(10, 'ten claims');
      endpoint.latch.open();
      const statuses = (await Promise.all(answers)).map(({ status }) => status).sort();
      assert.deepEqual(statuses, [200, ...Array.from({ length: 9 }, () => 503)]);
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint(
    'after a handler that failed the same delivery runs again, as attempt 2',
    { handler: (_event, { attempt }) => failOnce(attempt) },
    async (endpoint) => {
      const delivery = deliveryOf();
      assertRefused(await endpoint.send(delivery), 500, 'handler_failed');
      assertAccepted(await endpoint.send(delivery));
      assertDuplicate(await endpoint.send(delivery));
      assert.deepEqual(
        endpoint.runs.entries.map(({ attempt }) => attempt),
        [1, 2],
      );
    },
  ),
  {
    name: 'two endpoints of one sender share a store, and each gets every event',
    async run(adapter) {
      const store = watchedStore();
      const [first, second] = ['first', 'second'].map((name) =>
        suiteRoute({ store: () => store, options: { name } }),
      );
      assert.ok(first && second);
      const routes = [
        { ...first.route, path: '/first' },
        { ...second.route, path: '/second' },
      ];
      await withApp(adapter, { routes }, async ({ send }) => {
        const delivery = deliveryOf();
        assertAccepted(await send({ ...delivery, target: '/first' }));
        assertAccepted(await send({ ...delivery, target: '/second' }));
        assertDuplicate(await send({ ...delivery, target: '/first' }));
        assert.deepEqual([first.runs.size, second.runs.size], [1, 1]);
      });
    },
  },
  {
    name: 'two endpoints with secrets of their own take nothing meant for the other',
    async run(adapter) {
      const mine = suiteRoute({});
      const other = suiteRoute({ provider: senders.otherBytes() });
      const routes = [
        { ...mine.route, path: '/mine' },
        { ...other.route, path: '/other' },
      ];
      await withApp(adapter, { routes }, async ({ send }) => {
        const paths = ['/mine', '/other'];
        const sent = paths.flatMap((target) =>
          (['mine', 'other'] as const).map((by) => send(deliveryOf({ target, by }))),
        );
        const statuses = (await Promise.all(sent)).map(({ status }) => status);
        assert.deepEqual(statuses, [200, 401, 401, 200]);
        assert.deepEqual([mine.runs.size, other.runs.size], [1, 1]);
      });
    },
  },
];
