import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import { assertAccepted, assertLogged, assertRanWith, assertRefused, assertRuns } from '../assertions.ts';
import { deliveryOf } from '../deliveries.ts';
import type { Endpoint } from '../endpoint.ts';
import type { RawConnection } from '../raw-connection.ts';
import { chunkOf, headOf, requestBytes } from '../raw-request.ts';

const LIMIT = 2000;
const limited = { options: { limit: LIMIT } };
const hurried = { options: { timeout: 250 } };

const bodyOf = (bytes: number): Buffer => Buffer.alloc(bytes, 'x');

/** More than sockets hold by themselves, so that a writer waits until somebody reads. */
const HUGE = 6_000_000;

/** Half of a delivery, on a connection that stays open. */
async function halfSent(endpoint: Endpoint, framing: 'length' | 'chunked'): Promise<RawConnection> {
  const delivery = deliveryOf({ body: bodyOf(100) });
  const half = delivery.body.subarray(0, 50);
  const connection = await endpoint.connect();
  await connection.write(
    framing === 'length'
      ? Buffer.concat([headOf(delivery, [['Content-Length', '100']]), half])
      : Buffer.concat([headOf(delivery, [['Transfer-Encoding', 'chunked']]), chunkOf(half)]),
  );
  return connection;
}

async function assertStillServes(endpoint: Endpoint): Promise<void> {
  const before = endpoint.runs.size;
  assertAccepted(await endpoint.send(deliveryOf()));
  assertRuns(endpoint, before + 1);
}

const framings = ['length', 'chunked'] as const;

const endings: Readonly<Record<string, (connection: RawConnection) => void>> = {
  'by a reset': (connection) => connection.abort(),
  'by closing its side': (connection) => connection.finish(),
  'without a word': (connection) => connection.close(),
};

/** What has each refusal come before the body is read. */
const early = {
  413: {},
  415: { headers: [['Content-Encoding', 'gzip']] },
  405: { method: 'PUT' },
} as const;

/** Bounded in size and time, whatever the sender does. */
export const limitCases: readonly AdapterCase[] = [
  onEndpoint(
    'a Content-Length over the limit is refused before the body comes',
    limited,
    async (endpoint) => {
      const delivery = deliveryOf({ body: bodyOf(LIMIT + 1) });
      const connection = await endpoint.connect();
      await connection.write(headOf(delivery, [['Content-Length', String(LIMIT + 1)]]));
      assertRefused(await connection.response(), 413);
      assertRuns(endpoint, 0);
      await assertLogged(endpoint, 'ERR_WEBHOOK_BODY_TOO_LARGE');
    },
  ),
  onEndpoint('a chunked body over the limit is refused while it comes', limited, async (endpoint) => {
    const delivery = deliveryOf({ body: bodyOf(LIMIT + 1) });
    const connection = await endpoint.connect();
    // No last chunk: the answer must not wait for the end.
    await connection.write(
      Buffer.concat([headOf(delivery, [['Transfer-Encoding', 'chunked']]), chunkOf(delivery.body)]),
    );
    assertRefused(await connection.response(), 413);
    assertRuns(endpoint, 0);
    await assertLogged(endpoint, 'ERR_WEBHOOK_BODY_TOO_LARGE');
  }),
  ...framings.map((framing) =>
    onEndpoint(`a body exactly at the limit is accepted (${framing})`, limited, async (endpoint) => {
      const delivery = deliveryOf({ body: bodyOf(LIMIT) });
      assertAccepted(await endpoint.send(delivery, framing));
      assertRanWith(endpoint, delivery.body);
    }),
  ),
  ...framings.map((framing) =>
    onEndpoint(
      `after a refusal with 413 the next delivery is handled (${framing})`,
      limited,
      async (endpoint) => {
        assertRefused(await endpoint.send(deliveryOf({ body: bodyOf(LIMIT + 1) }), framing), 413);
        assertRuns(endpoint, 0);
        await assertStillServes(endpoint);
      },
    ),
  ),
  ...([413, 415, 405] as const).flatMap((status) =>
    framings.map((framing) =>
      onEndpoint(
        `a sender that listens only after its last byte hears its ${status} (${framing})`,
        limited,
        async (endpoint) => {
          const connection = await endpoint.connect();
          connection.coverEars();
          await connection.write(requestBytes(deliveryOf({ body: bodyOf(HUGE), ...early[status] }), framing));
          assertRefused(await connection.response(), status);
          assertRuns(endpoint, 0);
          await assertStillServes(endpoint);
        },
      ),
    ),
  ),
  onEndpoint('the refused rest of a body is not read as a request', limited, async (endpoint) => {
    const smuggled = requestBytes(deliveryOf());
    const body = Buffer.concat([bodyOf(LIMIT), smuggled]);
    const connection = await endpoint.connect();
    await connection.write(requestBytes(deliveryOf({ body })));
    assertRefused(await connection.response(), 413);
    await assertStillServes(endpoint);
    assertRuns(endpoint, 1);
  }),
  ...framings.map((framing) =>
    onEndpoint(
      `a body that does not come in time is refused with 408 (${framing})`,
      hurried,
      async (endpoint) => {
        const connection = await halfSent(endpoint, framing);
        assertRefused(await connection.response(), 408);
        assertRuns(endpoint, 0);
        await assertLogged(endpoint, 'ERR_WEBHOOK_BODY_TIMEOUT');
        connection.close();
        await assertStillServes(endpoint);
      },
    ),
  ),
  ...framings.flatMap((framing) =>
    Object.entries(endings).map(([how, end]) =>
      onEndpoint(`a sender that goes half-way ${how} does no harm (${framing})`, {}, async (endpoint) => {
        const connection = await halfSent(endpoint, framing);
        // Only once the first half is in the receiver's hands is this about bodies, and not about connections.
        await assertStillServes(endpoint);
        end(connection);
        await assertLogged(endpoint, 'ERR_WEBHOOK_BODY_ABORTED');
        await assertStillServes(endpoint);
        assert.equal(
          endpoint.store.calls.entries.filter((verb) => verb === 'claim').length,
          2,
          'half a delivery claims nothing',
        );
      }),
    ),
  ),
  onEndpoint('a Content-Length that is too short leaves a body that nobody signed', {}, async (endpoint) => {
    const delivery = deliveryOf({ body: '0123456789' });
    const connection = await endpoint.connect();
    await connection.write(Buffer.concat([headOf(delivery, [['Content-Length', '5']]), delivery.body]));
    // 400 where the server stumbles over the rest before the receiver has said its 401.
    const { status } = await connection.response();
    assert.ok(status === 401 || status === 400, `refused, and not answered ${status}`);
    assertRuns(endpoint, 0);
    await assertStillServes(endpoint);
  }),
];
