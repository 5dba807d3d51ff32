import assert from 'node:assert/strict';
import { PermanentError, reply } from '@countersign/core';
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
import { requestBytes } from '../raw-request.ts';
import { senders } from '../senders.ts';

const SECRET_TEXT = 'connect ECONNREFUSED 10.0.0.7, password hunter2';

const throws = (thrown: unknown) => () => {
  throw thrown;
};

/** Whatever a handler may throw; none of it is the sender's business. */
const failures: Readonly<Record<string, () => unknown>> = {
  throws: throws(new Error(SECRET_TEXT)),
  rejects: async () => Promise.reject(new Error(SECRET_TEXT)),
  'throws what is no error': throws(SECRET_TEXT),
  'throws an error that names a status': throws(
    Object.assign(new Error(SECRET_TEXT), { status: 418, statusCode: 418, expose: true }),
  ),
  'throws undefined': throws(undefined),
};

/** Mistakes of a handler that HTTP cannot carry. */
const unsendable: Readonly<Record<string, Parameters<typeof reply>[0]>> = {
  'a line break in a header': { headers: { 'X-Acme': 'a\r\nSet-Cookie: b=c' } },
  'a blank in a header name': { headers: { 'X Acme': 'a' } },
  'a status that is none': { status: 99 },
  'a body where there can be none': { status: 204, body: 'text' },
};

/** What a handler does, and what the sender hears of it. */
export const outcomeCases: readonly AdapterCase[] = [
  ...Object.entries(failures).map(([what, handler]) =>
    onEndpoint(`a handler that ${what} is answered 500, in one word`, { handler }, async (endpoint) => {
      assertRefused(await endpoint.send(deliveryOf()), 500, 'handler_failed');
      assertRuns(endpoint, 1);
      await assertLogged(endpoint, 'ERR_WEBHOOK_HANDLER_FAILED');
    }),
  ),
  onEndpoint(
    'PermanentError is acknowledged, and the delivery is done with',
    { handler: throws(new PermanentError(SECRET_TEXT)) },
    async (endpoint) => {
      const delivery = deliveryOf();
      assertAccepted(await endpoint.send(delivery));
      assertDuplicate(await endpoint.send(delivery));
      assertRuns(endpoint, 1);
      await assertLogged(endpoint, 'ERR_WEBHOOK_PERMANENT');
    },
  ),
  onEndpoint(
    'what a handler returns is not an answer',
    { handler: () => ({ status: 418, body: 'teapot', headers: {} }) },
    async (endpoint) => {
      assertAccepted(await endpoint.send(deliveryOf()));
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint(
    'reply() reaches the sender whole, and a duplicate gets it again',
    {
      handler: () =>
        reply({
          status: 201,
          headers: { 'X-Acme': 'seen', 'Content-Language': 'en' },
          body: 'thank you ✓\n',
        }),
    },
    async (endpoint) => {
      const delivery = deliveryOf();
      const first = await endpoint.send(delivery);
      assert.equal(`${first.status} ${first.body}`, '201 thank you ✓\n');
      assert.equal(first.headers.get('content-type'), 'text/plain; charset=utf-8');
      assert.equal(first.headers.get('x-acme'), 'seen');
      assert.equal(first.headers.get('content-language'), 'en');
      const second = await endpoint.send(delivery);
      assert.equal(`${second.status} ${second.body}`, '201 thank you ✓\n');
      assert.equal(second.headers.get('content-type'), 'text/plain; charset=utf-8');
      assert.equal(second.headers.get('webhook-dedup'), 'duplicate');
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint(
    'reply() with JSON',
    { handler: () => reply({ body: { type: 4, data: { content: 'é' } } }) },
    async (endpoint) => {
      const { status, headers, body } = await endpoint.send(deliveryOf());
      assert.equal(`${status} ${body}`, '200 {"type":4,"data":{"content":"é"}}');
      assert.equal(headers.get('content-type'), 'application/json');
    },
  ),
  onEndpoint('reply() with 204', { handler: () => reply({ status: 204 }) }, async (endpoint) => {
    const { status, body } = await endpoint.send(deliveryOf());
    assert.equal(`${status} ${body}`, '204 ');
  }),
  onEndpoint(
    'reply() with an empty body keeps its status',
    { handler: () => reply({ status: 202 }) },
    async (endpoint) => {
      const { status, body } = await endpoint.send(deliveryOf());
      assert.equal(`${status} ${body}`, '202 ');
    },
  ),
  ...Object.entries(unsendable).map(([what, answer]) =>
    onEndpoint(
      `reply() with ${what} is a handler that failed`,
      { handler: () => reply(answer) },
      async (endpoint) => {
        const delivery = deliveryOf();
        assertRefused(await endpoint.send(delivery), 500, 'handler_failed');
        assertRefused(await endpoint.send(delivery), 500, 'handler_failed');
        assertRuns(endpoint, 2);
      },
    ),
  ),
  onEndpoint(
    'a sender that hangs up while its delivery is handled changes nothing about it',
    { held: true },
    async (endpoint) => {
      const delivery = deliveryOf();
      const connection = await endpoint.connect();
      await connection.write(requestBytes(delivery));
      await endpoint.runs.untilSize(1, 'the handler to run');
      connection.abort();
      // A whole exchange later the server has heard of it.
      assertRetryLater(await endpoint.send(delivery));
      endpoint.latch.open();
      await endpoint.store.calls.until((verb) => verb === 'complete', 'the delivery to be completed');
      assertDuplicate(await endpoint.send(delivery));
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint(
    'a sender that wants an empty 200 gets one',
    { provider: senders.taciturn() },
    async (endpoint) => {
      const { status, headers, body } = await endpoint.send(deliveryOf());
      assert.equal(`${status} ${body}`, '200 ');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assertRuns(endpoint, 1);
    },
  ),
];
