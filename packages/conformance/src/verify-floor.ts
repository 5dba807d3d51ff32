// `verify` + parse beside the floor (createHmac, compare, JSON.parse) on one 2 kB body, interleaved in one process.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createReceiver } from '@countersign/core';
import { stripe } from '@countersign/providers/stripe';

const ROUNDS = 41;
const CALLS = 4000;
const secret = 'whsec_bench';
const payload = JSON.stringify({
  id: 'evt_1',
  type: 'invoice.paid',
  data: {
    object: {
      id: 'in_1',
      lines: Array.from({ length: 20 }, (_, at) => ({
        at,
        price: 'price_1NkQ8z2eZvKYlo2C',
        amount: 4200,
        currency: 'eur',
      })),
    },
  },
}).padEnd(2048);
const body = Buffer.from(payload);
const at = Math.floor(Date.now() / 1000);
const header = `t=${at},v1=${createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')}`;

function floor(): unknown {
  const expected = createHmac('sha256', secret).update(`${at}.`).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(header.slice(-64), 'hex'))) throw new Error('mismatch');
  return JSON.parse(body.toString());
}

const receiver = createReceiver(stripe({ secret }), { store: false });
const headers = new Map([['stripe-signature', header]]);
const request = {
  method: 'POST',
  url: '/',
  headers: { get: (name: string) => headers.get(name) ?? null },
  body,
};

async function time(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  for (let call = 0; call < CALLS; call++) await work();
  return Number(process.hrtime.bigint() - start) / CALLS / 1000;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] as number;

const floors: number[] = [];
const ours: number[] = [];
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const base = await time(floor);
  const verify = await time(() => receiver.verify(request));
  if (round === 0) continue;
  floors.push(base);
  ours.push(verify);
  ratios.push(verify / base);
}
console.log(`${body.length} bytes, medians of ${ROUNDS - 1} interleaved rounds of ${CALLS} calls`);
console.log(`createHmac + timingSafeEqual + JSON.parse  ${median(floors).toFixed(2)} µs`);
console.log(`receiver.verify                            ${median(ours).toFixed(2)} µs`);
console.log(`ratio                                      ${median(ratios).toFixed(3)}`);
