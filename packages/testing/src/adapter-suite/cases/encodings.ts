import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import { assertAccepted, assertLogged, assertRanWith, assertRefused, assertRuns } from '../assertions.ts';
import { type DeliveryOptions, deliveryOf } from '../deliveries.ts';

const TEXT = '{"hello":"compressed world"}';

const encoded = (encoding: string, body: Uint8Array | string): DeliveryOptions => ({
  body,
  headers: [['Content-Encoding', encoding]],
});

/** All with a signature that holds, over what is sent. Packed when they are sent: many import this to sign only. */
const refused: Readonly<Record<string, () => DeliveryOptions>> = {
  gzip: () => encoded('gzip', gzipSync(TEXT)),
  'GZip, in other letters': () => encoded('GZip', gzipSync(TEXT)),
  br: () => encoded('br', brotliCompressSync(TEXT)),
  deflate: () => encoded('deflate', deflateSync(TEXT)),
  'gzip, twice': () => encoded('gzip, gzip', gzipSync(gzipSync(TEXT))),
  'gzip, after identity': () => encoded('identity, gzip', gzipSync(TEXT)),
  'gzip, in words only': () => encoded('gzip', TEXT),
  'an unknown one': () => encoded('x-acme', TEXT),
  '50 MB of zeros in 50 kB of gzip': () => encoded('gzip', gzipSync(Buffer.alloc(50_000_000))),
};

/** A decoder is code that strangers reach before their signature is checked: none is run. */
export const encodingCases: readonly AdapterCase[] = [
  ...Object.entries(refused).map(([name, packed]) =>
    onEndpoint(`Content-Encoding ${name} is refused with 415`, {}, async (endpoint) => {
      assertRefused(await endpoint.send(deliveryOf(packed())), 415);
      assertRuns(endpoint, 0);
      await assertLogged(endpoint, 'ERR_WEBHOOK_BODY_ENCODING');
    }),
  ),
  ...['identity', 'Identity'].map((encoding) =>
    onEndpoint(`Content-Encoding ${encoding} is accepted`, {}, async (endpoint) => {
      const delivery = deliveryOf(encoded(encoding, TEXT));
      assertAccepted(await endpoint.send(delivery));
      assertRanWith(endpoint, delivery.body);
    }),
  ),
];
