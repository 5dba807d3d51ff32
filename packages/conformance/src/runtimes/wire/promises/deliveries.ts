import { requestBytes } from '../../../../../testing/src/adapter-suite/raw-request.ts';
import { assertSame } from '../../checks/assert-same.ts';
import { RECEIVED, REFUSED } from '../answers.ts';
import { deliveryOf } from '../delivery-of.ts';
import { paths, VERIFY_TOKEN } from '../settings.ts';
import { lineOf } from '../visitor.ts';
import type { Promises } from './promises.ts';

/** What is handled, what is refused, and what is answered before there are events. */
export const deliveries: Promises = {
  async 'a genuine delivery is handled, with its very bytes'({ send, runs }) {
    const body = '{ "type": "user.created",\r\n  "name": "Zoë \\u00e9 $&" }\n';
    const delivery = deliveryOf({ body });
    assertSame(await send(delivery), RECEIVED, 'the answer');
    const hex = delivery.body.toString('hex');
    assertSame(
      (await runs(delivery.id)).map((run) => run.body),
      [hex],
      'the bytes',
    );
  },
  async 'a chunked one too'({ send, runs }) {
    const delivery = deliveryOf();
    assertSame(await send(delivery, 'chunked'), RECEIVED, 'the answer');
    assertSame((await runs(delivery.id)).length, 1, 'runs');
  },
  async 'a packet for every byte'({ connect, runs }) {
    const delivery = deliveryOf();
    const connection = await connect();
    await connection.drip(requestBytes(delivery));
    assertSame(lineOf(await connection.response()), RECEIVED, 'the answer');
    connection.close();
    assertSame((await runs(delivery.id)).length, 1, 'runs');
  },
  async 'Expect: 100-continue'({ send }) {
    assertSame(await send(deliveryOf({ headers: [['Expect', '100-continue']] })), RECEIVED, 'the answer');
  },
  async 'two deliveries on one connection'({ connect }) {
    const connection = await connect();
    for (const _ of ['first', 'second']) {
      await connection.write(requestBytes(deliveryOf()));
      assertSame(lineOf(await connection.response()), RECEIVED, 'the answer');
    }
    connection.close();
  },
  async 'what is changed, or stale, is refused'({ send, runs }) {
    const genuine = deliveryOf();
    const changed = { ...genuine, body: Buffer.from('{"type":"user.deleted"}') };
    const stale = deliveryOf({ age: 3600 });
    const early = deliveryOf({ age: -3600 });
    for (const delivery of [changed, stale, early]) {
      assertSame(await send(delivery), REFUSED, 'the answer');
      assertSame((await runs(delivery.id)).length, 0, 'runs');
    }
  },
  async 'GET and HEAD are not allowed'({ connect, send }) {
    assertSame(
      await send(deliveryOf({ method: 'GET', body: '' }), 'none'),
      '405 {"error":"method_not_allowed"}',
      'GET',
    );
    const connection = await connect();
    await connection.write(requestBytes(deliveryOf({ method: 'HEAD', body: '' }), 'none'));
    const { status, headers } = await connection.response('HEAD');
    assertSame([status, headers.get('allow')], [405, 'POST'], 'HEAD');
    connection.close();
  },
  async 'a handshake is answered as plain text'({ connect }) {
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.verify_token': VERIFY_TOKEN,
      'hub.challenge': '<script>1</script>',
    });
    const target = `${paths.handshake}?${query}`;
    const connection = await connect();
    await connection.write(
      requestBytes({ method: 'GET', target, headers: [], body: Buffer.alloc(0) }, 'none'),
    );
    const response = await connection.response('GET');
    connection.close();
    assertSame(lineOf(response), '200 <script>1</script>', 'the answer');
    assertSame(response.headers.get('content-type'), 'text/plain; charset=utf-8', 'Content-Type');
    assertSame(response.headers.get('x-content-type-options'), 'nosniff', 'X-Content-Type-Options');
  },
};
