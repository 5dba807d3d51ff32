import { headOf, requestBytes } from '@countersign/testing/raw-http';
import type { Attack } from '../attack.ts';

/** One direction is closed, and the other is listened to. */
export const halfOpenAttacks: readonly Attack[] = [
  {
    name: 'half-open before a word',
    expect: ['closed'],
    async run({ open }) {
      const sender = await open();
      sender.finish();
      await sender.hearOut();
    },
  },
  {
    name: 'half-open in the headers',
    expect: ['400 closed', 'closed'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf();
      sender.note(delivery, false);
      await sender.write(headOf(delivery).subarray(0, 60));
      sender.finish();
      await sender.hearOut();
    },
  },
  ...(['length', 'chunked'] as const).map(
    (framing): Attack => ({
      name: `half-open in the body (${framing})`,
      expect: ['400 closed', 'closed'],
      async run({ open, deliveryOf }) {
        const sender = await open();
        await sender.begin(deliveryOf(), 10, framing);
        sender.finish();
        await sender.hearOut();
      },
    }),
  ),
  {
    name: 'half-open after the request',
    expect: ['200 closed', 'closed'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.send(deliveryOf());
      sender.finish();
      await sender.hearOut();
    },
  },
  {
    name: 'half-open while the handler runs',
    expect: ['200 closed', 'closed'],
    async run({ open, deliveryOf, server }) {
      const sender = await open();
      const delivery = deliveryOf({ at: 'handler' });
      await sender.send(delivery);
      await server.reached('handler', delivery.id);
      sender.finish();
      server.release(delivery.id);
      await sender.hearOut();
    },
  },
  {
    name: 'half-open after three pipelined requests',
    expect: ['200 200 200 closed', '200 200 closed', '200 closed', 'closed'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.pipeline(deliveryOf(), deliveryOf(), deliveryOf());
      sender.finish();
      await sender.hearOut();
    },
  },
  {
    name: 'half-open in the second of two pipelined requests',
    expect: ['200 400 closed', '400 closed', '200 closed', 'closed'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      const second = deliveryOf();
      await sender.send(deliveryOf());
      sender.note(second, false);
      await sender.write(requestBytes(second).subarray(0, -5));
      sender.finish();
      await sender.hearOut();
    },
  },
];
