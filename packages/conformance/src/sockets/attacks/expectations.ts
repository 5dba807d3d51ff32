import { headOf } from '@countersign/testing/raw-http';
import type { Attack } from '../attack.ts';
import type { DeliveryOptions } from '../delivery.ts';

const headers = [['Expect', '100-continue']] as const;

/** Waits to be asked for the body. */
const waiting = (name: string, options: DeliveryOptions, expect: readonly string[]): Attack => ({
  name,
  expect,
  async run({ open, deliveryOf }) {
    const sender = await open();
    const delivery = deliveryOf({ headers, ...options });
    sender.note(delivery);
    await sender.write(headOf(delivery, [['Content-Length', String(delivery.body.length)]]));
    await sender.continued();
    await sender.write(delivery.body);
    await sender.hear();
  },
});

export const expectationAttacks: readonly Attack[] = [
  waiting('Expect: 100-continue, and waits for it', {}, ['200 open']),
  waiting('Expect: 100-continue, forged', { forged: true }, ['401 open']),
  {
    name: 'Expect: 100-continue, without waiting, pipelined',
    expect: ['200 200 open'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.pipeline(deliveryOf({ headers }), deliveryOf({ headers }));
      await sender.hearAll();
    },
  },
  {
    name: 'Expect: 100-continue, and the body never comes',
    expect: ['408 closed'],
    kind: 'slow',
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.begin(deliveryOf({ headers }), 0);
      await sender.hearOut();
    },
  },
  {
    name: 'Expect: 100-continue, and gone when asked',
    expect: ['hung up'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.begin(deliveryOf({ headers }), 0);
      await sender.continued();
      sender.abort();
    },
  },
  {
    name: 'Expect: 100-continue, for a body that is too large, and obeys',
    expect: ['413 200 open', '413 closed'],
    async run({ open, deliveryOf, limit }) {
      const sender = await open();
      const large = { ...deliveryOf({ headers, size: limit * 2 }), isGenuine: false };
      await sender.begin(large, 0);
      await sender.hear();
      await sender.write(large.body);
      const next = deliveryOf();
      await sender.send(next);
      await sender.hear().catch(() => undefined);
    },
  },
  {
    name: 'Expect: something else',
    expect: ['417 closed', '417 400 closed', '417 200 open'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.send({ ...deliveryOf({ headers: [['Expect', '200-ok']] }), isGenuine: false });
      await sender.hear();
      await sender.send(deliveryOf());
      await sender.hear().catch(() => undefined);
    },
  },
];
