import {
  chunkOf,
  headOf,
  type RawRequest,
  requestBytes,
} from '../../../../../testing/src/adapter-suite/raw-request.ts';
import { assertSame } from '../../checks/assert-same.ts';
import { RECEIVED, TOO_LARGE } from '../answers.ts';
import { deliveryOf } from '../delivery-of.ts';
import { LIMIT } from '../settings.ts';
import { lineOf } from '../visitor.ts';
import type { Promises } from './promises.ts';

/** More than sockets hold by themselves, so that a writer waits until somebody reads. */
const HUGE = 'x'.repeat(6_000_000);

const tooLarge = (): RawRequest => deliveryOf({ body: 'x'.repeat(LIMIT + 1) });

/** Bodies that are too much, too slow, packed, or broken off. */
export const bodies: Promises = {
  async 'a Content-Length over the limit is refused before the body comes'({ connect }) {
    const connection = await connect();
    await connection.write(headOf(tooLarge(), [['Content-Length', String(LIMIT + 1)]]));
    assertSame(lineOf(await connection.response()), TOO_LARGE, 'the answer');
    connection.close();
  },
  async 'a chunked body over the limit is refused while it comes'({ connect }) {
    const delivery = tooLarge();
    const connection = await connect();
    // No last chunk: the answer must not wait for the end.
    await connection.write(
      Buffer.concat([headOf(delivery, [['Transfer-Encoding', 'chunked']]), chunkOf(delivery.body)]),
    );
    assertSame(lineOf(await connection.response()), TOO_LARGE, 'the answer');
    connection.close();
  },
  async 'a sender that listens only after its last byte hears its 413'({ connect }) {
    for (const framing of ['length', 'chunked'] as const) {
      const connection = await connect();
      connection.coverEars();
      await connection.write(requestBytes(deliveryOf({ body: HUGE }), framing));
      assertSame(lineOf(await connection.response()), TOO_LARGE, `the answer (${framing})`);
      connection.close();
    }
  },
  async 'a compressed body is refused'({ send }) {
    for (const encoding of ['br', 'gzip']) {
      const delivery = deliveryOf({ headers: [['Content-Encoding', encoding]] });
      assertSame(await send(delivery), '415 {"error":"encoding_unsupported"}', encoding);
    }
  },
  async 'a body that does not come is refused in time'({ connect, send }) {
    const delivery = deliveryOf();
    const connection = await connect();
    const head = headOf(delivery, [['Content-Length', String(delivery.body.length)]]);
    await connection.write(Buffer.concat([head, delivery.body.subarray(0, 5)]));
    assertSame(lineOf(await connection.response()), '408 {"error":"body_timeout"}', 'the answer');
    connection.close();
    assertSame(await send(delivery), RECEIVED, 'the answer to the whole of it');
  },
  async 'an upload that is broken off claims nothing'({ connect, send, runs }) {
    for (const end of ['abort', 'close', 'finish'] as const) {
      const delivery = deliveryOf();
      const connection = await connect();
      const head = headOf(delivery, [['Content-Length', String(delivery.body.length)]]);
      await connection.write(Buffer.concat([head, delivery.body.subarray(0, 5)]));
      // A whole exchange later the first half is in the receiver's hands.
      assertSame(await send(deliveryOf()), RECEIVED, 'another delivery');
      connection[end]();
      assertSame(await send(delivery), RECEIVED, `the same, whole, after ${end}`);
      assertSame((await runs(delivery.id)).length, 1, 'runs');
      connection.close();
    }
  },
};
