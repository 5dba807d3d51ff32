import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import { assertAccepted, assertLogged, assertRefused, assertRuns } from '../assertions.ts';
import { deliveryOf, handshakeOf } from '../deliveries.ts';
import { requestBytes } from '../raw-request.ts';

const assertAllow = (headers: Headers): void =>
  assert.deepEqual(headers.get('allow')?.split(', ').sort(), ['GET', 'POST'], 'Allow');

/** Methods other than the sender's own. */
export const methodCases: readonly AdapterCase[] = [
  ...['GET', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'].map((method) =>
    onEndpoint(`${method} is refused with 405 and Allow`, {}, async (endpoint) => {
      const response = await endpoint.send(deliveryOf({ method }));
      assertRefused(response, 405);
      assertAllow(response.headers);
      assertRuns(endpoint, 0);
      await assertLogged(endpoint, 'ERR_WEBHOOK_METHOD');
    }),
  ),
  onEndpoint('HEAD is refused with 405 and Allow, without a body', {}, async (endpoint) => {
    const connection = await endpoint.connect();
    await connection.write(requestBytes(deliveryOf({ method: 'HEAD', body: '' }), 'none'));
    const { status, headers } = await connection.response('HEAD');
    assert.equal(status, 405);
    assertAllow(headers);
    assertRuns(endpoint, 0);
    // A body after it would be taken for the next answer.
    await connection.write(requestBytes(deliveryOf()));
    assertAccepted(await connection.response());
  }),
  onEndpoint('a handshake by GET is answered as plain text', {}, async (endpoint) => {
    const { status, headers, body } = await endpoint.send(handshakeOf('<script>1</script>'), 'none');
    assert.equal(`${status} ${body}`, '200 <script>1</script>');
    assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
    assertRuns(endpoint, 0);
    assert.equal(endpoint.store.calls.size, 0, 'no event: the store is not asked');
  }),
];
