import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import type { RouteUnderTest } from '../adapter-under-test.ts';
import {
  assertDuplicate,
  assertLogged,
  assertRanWith,
  assertRefused,
  assertRetryLater,
  assertRuns,
} from '../assertions.ts';
import { deliveryOf, handshakeOf } from '../deliveries.ts';
import type { Endpoint } from '../endpoint.ts';
import { headerOf, requestBytes } from '../raw-request.ts';
import { watchedStore } from '../watched-store.ts';

type Answer = NonNullable<RouteUnderTest['answer']>;

const answers =
  (status: number, body = 'answered by the route'): Answer =>
  () => ({ status, body });

/** Settled by the route's answer, which a framework may send before the store has heard of it. */
const settled = ({ store }: Endpoint, verb: 'complete' | 'release'): Promise<unknown> =>
  store.calls.until((each) => each === verb, `the claim to be settled by ${verb}`);

const isSettlement = (verb: string): boolean => verb === 'complete' || verb === 'release';

const completing = [200, 202, 204, 302];
const releasing = [400, 404, 410, 429, 500, 503];

const throwing: Readonly<Record<string, Answer>> = {
  throws: () => {
    throw new Error('the route is broken');
  },
  rejects: async () => Promise.reject(new Error('the route is broken')),
};

/** An answer with headers that would not suit another one in its place. */
const dressed: Answer = () => ({
  status: 200,
  body: 'answered',
  headers: { 'Cache-Control': 'public', 'Content-Length': '8', 'Content-Type': 'text/html' },
});

const lost = () => watchedStore(() => ({ complete: async () => false }));

/** `verifyWebhook`: events for a route of one's own. */
export const routeCases: readonly AdapterCase[] = [
  onEndpoint(
    'a route gets the verified event, and its answer reaches the sender',
    { answer: answers(201) },
    async (endpoint) => {
      const delivery = deliveryOf({ body: Uint8Array.of(0xff, 0xfe, 0x00, 0x80) });
      const { status, body } = await endpoint.send(delivery);
      assert.equal(`${status} ${body}`, '201 answered by the route');
      assertRanWith(endpoint, delivery.body);
      const event = endpoint.runs.entries[0]?.event;
      assert.equal(event?.id, headerOf(delivery, 'acme-id'));
      assert.equal(event?.type, 'thing.happened');
      assert.equal(event?.provider, 'acme');
    },
  ),
  onEndpoint(
    'a route never sees what is refused',
    { answer: answers(200), options: { limit: 1000 } },
    async (endpoint) => {
      assertRefused(await endpoint.send({ ...deliveryOf(), body: Buffer.from('changed') }), 401);
      assertRefused(await endpoint.send(deliveryOf({ age: 3600 })), 401);
      assertRefused(await endpoint.send(deliveryOf({ method: 'PUT' })), 405);
      assertRefused(await endpoint.send(deliveryOf({ body: Buffer.alloc(1001) }), 'chunked'), 413);
      assertRefused(await endpoint.send(deliveryOf({ headers: [['Content-Encoding', 'gzip']] })), 415);
      assertRuns(endpoint, 0);
    },
  ),
  onEndpoint('a handshake is answered before the route', { answer: answers(200) }, async (endpoint) => {
    const { status, body } = await endpoint.send(handshakeOf('1158201444'), 'none');
    assert.equal(`${status} ${body}`, '200 1158201444');
    assertRuns(endpoint, 0);
  }),
  ...completing.map((status) =>
    onEndpoint(
      `a route that answers ${status} has handled the delivery`,
      { answer: answers(status, '') },
      async (endpoint) => {
        const delivery = deliveryOf();
        assert.equal((await endpoint.send(delivery)).status, status);
        await settled(endpoint, 'complete');
        assertDuplicate(await endpoint.send(delivery));
        assertRuns(endpoint, 1);
      },
    ),
  ),
  ...releasing.map((status) =>
    onEndpoint(
      `a route that answers ${status} gets the delivery again`,
      { answer: answers(status) },
      async (endpoint) => {
        const delivery = deliveryOf();
        const { body, ...first } = await endpoint.send(delivery);
        assert.equal(`${first.status} ${body}`, `${status} answered by the route`);
        await settled(endpoint, 'release');
        assert.equal((await endpoint.send(delivery)).status, status);
        assertRuns(endpoint, 2);
      },
    ),
  ),
  ...Object.entries(throwing).map(([what, answer]) =>
    onEndpoint(`a route that ${what} gets the delivery again`, { answer }, async (endpoint) => {
      const delivery = deliveryOf();
      assert.equal((await endpoint.send(delivery)).status, 500);
      await settled(endpoint, 'release');
      assert.equal((await endpoint.send(delivery)).status, 500);
      assertRuns(endpoint, 2);
    }),
  ),
  onEndpoint(
    'a duplicate of what a route is at is sent away until it has answered',
    { answer: answers(200), held: true },
    async (endpoint) => {
      const delivery = deliveryOf();
      const connection = await endpoint.connect();
      await connection.write(requestBytes(delivery));
      await endpoint.runs.untilSize(1, 'the route to run');
      assertRetryLater(await endpoint.send(delivery));
      endpoint.latch.open();
      const { status, body } = await connection.response();
      assert.equal(`${status} ${body}`, '200 answered by the route');
      await settled(endpoint, 'complete');
      assertDuplicate(await endpoint.send(delivery));
      assertRuns(endpoint, 1);
    },
  ),
  ...(['abort', 'close', 'finish'] as const).map((hangUp) =>
    onEndpoint(
      `a sender that hangs up (${hangUp}) while the route is at it leaves no claim behind`,
      { answer: answers(200), held: true },
      async (endpoint) => {
        const connection = await endpoint.connect();
        await connection.write(requestBytes(deliveryOf()));
        await endpoint.runs.untilSize(1, 'the route to run');
        connection[hangUp]();
        // A whole exchange later the server has heard of it.
        await endpoint.send(deliveryOf({ age: 3600 }));
        endpoint.latch.open();
        await endpoint.store.calls.until(isSettlement, 'the claim to be settled');
      },
    ),
  ),
  onEndpoint(
    'a sender that hangs up while answers wait for each other leaves no claim behind',
    { answer: answers(200), held: true },
    async (endpoint) => {
      const connection = await endpoint.connect();
      const deliveries = [deliveryOf(), deliveryOf(), deliveryOf()];
      await connection.write(Buffer.concat(deliveries.map((delivery) => requestBytes(delivery))));
      await endpoint.runs.untilSize(3, 'three routes to run');
      connection.abort();
      await endpoint.send(deliveryOf({ age: 3600 }));
      endpoint.latch.open();
      const settlements = () => endpoint.store.calls.entries.filter(isSettlement).length;
      await endpoint.store.calls.until(() => settlements() === 3, 'three claims to be settled');
    },
  ),
  onEndpoint(
    'a store that is away keeps a delivery from its route',
    {
      answer: answers(200),
      store: () =>
        watchedStore(() => ({
          claim: async () => {
            throw new Error('connect ECONNREFUSED');
          },
        })),
    },
    async (endpoint) => {
      assertRetryLater(await endpoint.send(deliveryOf()));
      assertRuns(endpoint, 0);
      await assertLogged(endpoint, 'ERR_WEBHOOK_STORE_UNAVAILABLE');
    },
  ),
  onEndpoint(
    'a claim lost while the route ran: the sender is told to come again, where that is still possible',
    { answer: dressed, store: lost },
    async (endpoint, { settles }) => {
      const response = await endpoint.send(deliveryOf());
      if (settles === 'before-answer') assertRetryLater(response);
      else assert.equal(`${response.status} ${response.body}`, '200 answered');
      await assertLogged(endpoint, 'ERR_WEBHOOK_LEASE_LOST');
    },
  ),
];
