import { createReceiver } from '@countersign/core';
import { deliveryOf } from '../delivery.ts';
import { requestOf } from '../request-of.ts';
import { rounded } from '../rounded.ts';
import type { Table } from '../section.ts';
import { senders } from '../senders.ts';

const { DELIVERIES = '1000000' } = process.env;
const STEPS = 10;
const MIB = 1024 * 1024;

function heap(): number {
  if (globalThis.gc === undefined) throw new Error('run it with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** The heap after every tenth of so many deliveries, each its own, with the default store of 50,000 keys. */
export async function flatHeap(): Promise<Table> {
  const receiver = createReceiver(senders.stripe.provider, {
    name: 'flat-heap',
    logger: false,
    on: { '*': async () => {} },
  });
  const each = Number(DELIVERIES) / STEPS;
  const rows: Table['rows'][number][] = [];
  for (let step = 1; step <= STEPS; step++) {
    for (let at = 0; at < each; at++) {
      const { status } = await receiver.handle(requestOf(deliveryOf('stripe', 350, `evt_${step}_${at}`)));
      if (status !== 200) throw new Error(`answered ${status}`);
    }
    rows.push({ deliveries: step * each, 'heap, MiB': rounded(heap() / MIB, 1) });
  }
  return { title: `heap after deliveries, 50,000 keys remembered at most`, rows };
}
