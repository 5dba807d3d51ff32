import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { AdapterCase } from '../adapter-case.ts';
import type { AdapterUnderTest, ParserUnderTest } from '../adapter-under-test.ts';
import { assertAccepted, assertLogged, assertRanWith, assertRefused, assertRuns } from '../assertions.ts';
import { deliveryOf } from '../deliveries.ts';
import { type Endpoint, type EndpointSetup, withEndpoint } from '../endpoint.ts';
import type { Framing } from '../raw-request.ts';

const JSON_BODY = '{ "b" : 1.0,\r\n  "a":"\\u00e9 é $& $1" }\n';

/** Well-formed, so that a parser takes it; and different as soon as anybody prints it again. */
function bodyFor(type: string | undefined): Uint8Array | string {
  if (type === undefined || !/json|form|text/.test(type))
    return Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00, 0x80);
  return type.includes('form') ? 'b=%20x+y&a=%65&b=2&&' : JSON_BODY;
}

const framings: readonly Framing[] = ['length', 'chunked'];

const label = (type: string | undefined): string => type ?? 'no Content-Type';

/** Both ways of mounting, which read the body by one path or by two. */
const mounts: Readonly<Record<'webhook' | 'verifyWebhook', EndpointSetup>> = {
  webhook: {},
  verifyWebhook: { answer: () => ({ status: 200, body: 'answered by the route' }) },
};

async function assertHandled(
  endpoint: Endpoint,
  type: string | undefined,
  framing: Framing,
  mount: string,
): Promise<void> {
  const delivery = deliveryOf({ contentType: type, body: bodyFor(type) });
  const response = await endpoint.send(delivery, framing);
  if (mount === 'webhook') assertAccepted(response);
  else assert.equal(`${response.status} ${response.body}`, '200 answered by the route');
  assertRanWith(endpoint, delivery.body);
}

async function assertConfessed(
  endpoint: Endpoint,
  type: string | undefined,
  framing: Framing,
  blamed = '',
): Promise<void> {
  const delivery = deliveryOf({ contentType: type, body: bodyFor(type) });
  assertRefused(await endpoint.send(delivery, framing), 500);
  assertRuns(endpoint, 0);
  const line = await assertLogged(endpoint, 'ERR_WEBHOOK_BODY_CONSUMED');
  assert.ok(line.includes(blamed), `the log line names ${blamed}: ${line}`);
  assert.equal(endpoint.store.calls.size, 0, 'nothing is claimed');
}

function casesOf({ name: parser, takes, ignores, leaves, blamed }: ParserUnderTest): readonly AdapterCase[] {
  const rows = [
    ...takes.map((type) => ({ type, handled: leaves === 'bytes' })),
    ...ignores.map((type) => ({ type, handled: true })),
  ];
  const cases = rows.flatMap(({ type, handled }) =>
    framings.flatMap((framing) =>
      Object.entries(mounts).map(
        ([mount, setup]): AdapterCase => ({
          name: `${mount}() behind ${parser}, ${label(type)}, ${framing}: ${handled ? 'handled' : 'told to the operator, never a 2xx'}`,
          run: (adapter) =>
            withEndpoint(adapter, { ...setup, parser }, (endpoint) =>
              handled
                ? assertHandled(endpoint, type, framing, mount)
                : assertConfessed(endpoint, type, framing, blamed),
            ),
        }),
      ),
    ),
  );
  return leaves === 'bytes' ? [...cases, gzipCase(parser, takes[0]), limitCase(parser, takes[0])] : cases;
}

/** A parser that inflates leaves bytes, and they are not the ones that were signed. */
const gzipCase = (parser: string, type: string | undefined): AdapterCase => ({
  name: `webhook() behind ${parser}: what came compressed is refused with 415`,
  run: (adapter) =>
    withEndpoint(adapter, { parser }, async (endpoint) => {
      const body = gzipSync(bodyFor(type));
      assertRefused(
        await endpoint.send(deliveryOf({ contentType: type, body, headers: [['Content-Encoding', 'gzip']] })),
        415,
      );
      assertRuns(endpoint, 0);
    }),
});

/** A parser has a limit of its own, which is not the receiver's. */
const limitCase = (parser: string, type: string | undefined): AdapterCase => ({
  name: `webhook() behind ${parser}: too large a body is refused with 413`,
  run: (adapter) =>
    withEndpoint(adapter, { parser, options: { limit: bodyFor(type).length } }, async (endpoint) => {
      const body = type?.includes('json')
        ? `${bodyFor(type)} `
        : Buffer.concat([Buffer.from(bodyFor(type)), Buffer.from('&')]);
      assertRefused(await endpoint.send(deliveryOf({ contentType: type, body }), 'chunked'), 413);
      assertRuns(endpoint, 0);
    }),
});

/** What stands in front of a webhook, in every order that people write. */
export const parserCases = ({ parsers }: AdapterUnderTest): readonly AdapterCase[] =>
  parsers.flatMap(casesOf);
