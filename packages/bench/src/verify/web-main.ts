// Built with the WebCrypto back end, as the edge runs it. A process of its own: prints its rows as JSON.
import { createReceiver } from '@countersign/core';
import { type Delivery, deliveryOf } from '../delivery.ts';
import { interleave } from '../interleave.ts';
import { requestOf } from '../request-of.ts';
import { rounded } from '../rounded.ts';
import { senders } from '../senders.ts';
import type { Call } from './contender.ts';

const SIZES = [350, 2048, 16_384, 262_144];
const { ROUNDS = '41', ROUND_MS = '40' } = process.env;

const { subtle } = globalThis.crypto;

/** `subtle.verify` with a key that was imported once, and nothing else. */
async function bare({ body, headers }: Delivery): Promise<Call> {
  const secret = Buffer.from(senders.github.secret);
  const key = await subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const signature: BufferSource = Buffer.from(
    (headers['x-hub-signature-256'] as string).slice('sha256='.length),
    'hex',
  );
  return {
    async run() {
      if (!(await subtle.verify('HMAC', key, signature, body as BufferSource))) throw new Error('mismatch');
      return JSON.parse(body.toString());
    },
  };
}

function ours(delivery: Delivery): Call {
  const receiver = createReceiver(senders.github.provider, { store: false, logger: false });
  const request = requestOf(delivery);
  return { run: () => receiver.verify(request) };
}

const rows: object[] = [];
for (const bytes of SIZES) {
  const delivery = deliveryOf('github', bytes, 'evt_1QhM2v2eZvKYlo2C');
  const timings = await interleave([await bare(delivery), ours(delivery)], Number(ROUNDS), Number(ROUND_MS));
  const names = ['subtle.verify + JSON.parse', 'countersign'];
  rows.push(
    ...timings.map(({ us, ratio }, at) => ({
      bytes,
      by: names[at],
      µs: rounded(us, 1),
      ': bare': rounded(ratio, 3),
    })),
  );
}
console.log(JSON.stringify(rows));
