import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import { assertAccepted, assertRanWith, assertRefused, assertRuns } from '../assertions.ts';
import { deliveryOf } from '../deliveries.ts';
import { senders } from '../senders.ts';

/** Bodies that a detour through text, a parser or a template would change. */
const bodies: Readonly<Record<string, Uint8Array | string>> = {
  'bytes that are no UTF-8': Uint8Array.of(0xff, 0xfe, 0x00, 0xc3, 0x28, 0x80),
  'every byte there is': Uint8Array.from({ length: 256 }, (_, byte) => byte),
  'a byte order mark': '\ufeff{"a":1}',
  'a UTF-16 body': Buffer.from('\ufeff{"a":1}', 'utf16le'),
  'an encoded lone surrogate': Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22),
  'CRLF, NUL and blanks at the ends': '\r\n {"a":\u0000\n}\t\r\n\r\n',
  'replacement patterns': '{"a":"$& $1 $$ $` $\'"}',
  'JSON that no serialiser would write so': '{ "b":1.0e0, "a":"\\u0041\\/", "b":2, "__proto__":{} }',
  'both forms of an accented letter': '"\u00e9 e\u0301 \u2028"',
  'a form': 'a=1&a=%32&b=c+d%20e&&=',
};

const types = [
  'application/json; charset=utf-8',
  'text/plain; charset=latin1',
  'application/x-www-form-urlencoded',
];

/** Bytes end to end. */
export const bodyCases: readonly AdapterCase[] = [
  ...Object.entries(bodies).map(([name, body], at) =>
    onEndpoint(`byte for byte: ${name}`, {}, async (endpoint) => {
      const delivery = deliveryOf({ body, contentType: types[at % types.length] });
      assertAccepted(await endpoint.send(delivery));
      assertRanWith(endpoint, delivery.body);
    }),
  ),
  onEndpoint(
    'a signed body that is not JSON, from a sender of JSON, is refused with 400',
    { provider: senders.json() },
    async (endpoint) => {
      assertRefused(await endpoint.send(deliveryOf({ body: '{"a":' })), 400);
      assertRuns(endpoint, 0);
      assertAccepted(await endpoint.send(deliveryOf({ body: '{"a":1}' })));
      assertRuns(endpoint, 1);
    },
  ),
];
