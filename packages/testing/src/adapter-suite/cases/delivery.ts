import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import { assertAccepted, assertRanWith, assertRuns } from '../assertions.ts';
import { deliveryOf } from '../deliveries.ts';
import { chunkOf, headerOf, headOf, LAST_CHUNK, requestBytes } from '../raw-request.ts';

/** Genuine deliveries, in every shape that HTTP allows. */
export const deliveryCases: readonly AdapterCase[] = [
  onEndpoint('a genuine delivery is handled and acknowledged', {}, async (endpoint) => {
    const delivery = deliveryOf({ body: '{ "a" : 1.0 }\r\n' });
    assertAccepted(await endpoint.send(delivery));
    assertRanWith(endpoint, delivery.body);
    const event = endpoint.runs.entries[0]?.event;
    assert.equal(event?.id, headerOf(delivery, 'acme-id'));
    assert.equal(event?.type, 'thing.happened');
    assert.deepEqual(event?.signed, { id: true, type: false, timestamp: true });
    assert.equal(endpoint.log.size, 0, 'nothing to report');
  }),
  onEndpoint('header names are read in any case', {}, async (endpoint) => {
    const delivery = deliveryOf();
    const headers = delivery.headers.map(
      ([name, value], at) => [at % 2 ? name.toUpperCase() : name.toLowerCase(), value] as const,
    );
    assertAccepted(await endpoint.send({ ...delivery, headers }));
    assertRuns(endpoint, 1);
  }),
  onEndpoint('no Content-Type', {}, async (endpoint) => {
    const delivery = deliveryOf({ contentType: undefined });
    assertAccepted(await endpoint.send(delivery));
    assertRanWith(endpoint, delivery.body);
  }),
  onEndpoint('an empty body, Content-Length 0', {}, async (endpoint) => {
    assertAccepted(await endpoint.send(deliveryOf({ body: '' })));
    assertRanWith(endpoint, Buffer.alloc(0));
  }),
  onEndpoint('an empty body, chunked', {}, async (endpoint) => {
    assertAccepted(await endpoint.send(deliveryOf({ body: '' }), 'chunked'));
    assertRanWith(endpoint, Buffer.alloc(0));
  }),
  onEndpoint('no body at all', {}, async (endpoint) => {
    assertAccepted(await endpoint.send(deliveryOf({ body: '' }), 'none'));
    assertRanWith(endpoint, Buffer.alloc(0));
  }),
  onEndpoint('a chunked body', {}, async (endpoint) => {
    const delivery = deliveryOf();
    assertAccepted(await endpoint.send(delivery, 'chunked'));
    assertRanWith(endpoint, delivery.body);
  }),
  onEndpoint('chunk extensions and trailers', {}, async (endpoint) => {
    const delivery = deliveryOf({ body: '0123456789' });
    const connection = await endpoint.connect();
    await connection.write(
      headOf(delivery, [
        ['Transfer-Encoding', 'chunked'],
        ['Trailer', 'Acme-Signature'],
      ]),
    );
    await connection.write(
      Buffer.from('4;name="a;b"\r\n0123\r\n6\r\n456789\r\n0\r\nAcme-Signature: sha256=00\r\n\r\n'),
    );
    assertAccepted(await connection.response());
    assertRanWith(endpoint, delivery.body);
  }),
  onEndpoint('a chunk, and a packet, for every byte', {}, async (endpoint) => {
    const delivery = deliveryOf({ body: 'a body of many chunks' });
    const connection = await endpoint.connect();
    await connection.write(headOf(delivery, [['Transfer-Encoding', 'chunked']]));
    for (const byte of delivery.body) await connection.drip(chunkOf(Uint8Array.of(byte)));
    await connection.write(LAST_CHUNK);
    assertAccepted(await connection.response());
    assertRanWith(endpoint, delivery.body);
  }),
  onEndpoint('a packet for every byte, headers too', {}, async (endpoint) => {
    const delivery = deliveryOf({ body: 'a body that trickles' });
    const connection = await endpoint.connect();
    await connection.drip(requestBytes(delivery));
    assertAccepted(await connection.response());
    assertRanWith(endpoint, delivery.body);
  }),
  onEndpoint('a large body arrives whole', {}, async (endpoint) => {
    const body = Buffer.from(Array.from({ length: 700_000 }, (_, at) => (at * 7919) % 251));
    for (const framing of ['length', 'chunked'] as const)
      assertAccepted(await endpoint.send(deliveryOf({ body }), framing));
    assertRuns(endpoint, 2);
    for (const { event } of endpoint.runs.entries) assert.ok(body.equals(event.body), 'the same bytes');
  }),
  onEndpoint('Expect: 100-continue', {}, async (endpoint) => {
    const delivery = deliveryOf({ headers: [['Expect', '100-continue']] });
    assertAccepted(await endpoint.send(delivery));
    assertRanWith(endpoint, delivery.body);
  }),
  onEndpoint('HTTP/1.0, as nginx speaks to its upstreams', {}, async (endpoint) => {
    const delivery = deliveryOf({ version: '1.0' });
    assertAccepted(await endpoint.send(delivery));
    assertRanWith(endpoint, delivery.body);
  }),
  onEndpoint('two deliveries on one connection', {}, async (endpoint) => {
    const connection = await endpoint.connect();
    for (const body of ['first', 'second']) {
      await connection.write(requestBytes(deliveryOf({ body })));
      assertAccepted(await connection.response());
    }
    assertRuns(endpoint, 2);
  }),
  onEndpoint('two pipelined deliveries', {}, async (endpoint) => {
    const connection = await endpoint.connect();
    const [first, second] = [deliveryOf({ body: 'first' }), deliveryOf({ body: 'second' })];
    await connection.write(Buffer.concat([requestBytes(first), requestBytes(second, 'chunked')]));
    assertAccepted(await connection.response());
    assertAccepted(await connection.response());
    const ran = endpoint.runs.entries.map(({ event }) => Buffer.from(event.body).toString());
    assert.deepEqual(ran.sort(), ['first', 'second']);
  }),
  onEndpoint('twenty deliveries at once, each with its own bytes', {}, async (endpoint) => {
    const bodies = Array.from({ length: 20 }, (_, at) => `body ${at}`);
    const responses = await Promise.all(bodies.map((body) => endpoint.send(deliveryOf({ body }))));
    responses.forEach(assertAccepted);
    const ran = endpoint.runs.entries.map(({ event }) => Buffer.from(event.body).toString());
    assert.deepEqual(ran.sort(), [...bodies].sort());
  }),
  onEndpoint('another path is none of its business', {}, async (endpoint) => {
    const { status } = await endpoint.send(deliveryOf({ target: '/hooks/other' }));
    assert.equal(status, 404);
    assert.equal(endpoint.passed.size, 1, 'it reaches what stands behind');
    assert.equal(endpoint.runs.size, 0);
    assert.equal(endpoint.log.size, 0);
  }),
];
