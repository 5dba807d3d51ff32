import { headOf, requestBytes } from '@countersign/testing/raw-http';
import type { Attack } from '../attack.ts';

/** Bodies that are longer or shorter than they are said to be. */
export const lyingAttacks: readonly Attack[] = [
  {
    name: 'Content-Length too small, and bytes that are no request behind',
    expect: ['401 400 closed', '400 closed'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf();
      sender.note({ ...delivery, isGenuine: false });
      await sender.write(
        Buffer.concat([
          headOf(delivery, [['Content-Length', String(delivery.body.length - 9)]]),
          delivery.body,
        ]),
      );
      await sender.hearOut();
    },
  },
  {
    name: 'Content-Length too small, and a genuine delivery behind',
    expect: ['401 200 open'],
    async run(scene) {
      const sender = await scene.open();
      const inner = scene.deliveryOf();
      const hidden = requestBytes(inner);
      const outer = scene.deliveryOf({ body: Buffer.concat([Buffer.from('{}'), hidden]) });
      sender.note({ ...outer, isGenuine: false });
      sender.note(inner);
      await sender.write(Buffer.concat([headOf(outer, [['Content-Length', '2']]), outer.body]));
      await sender.hearAll();
    },
  },
  {
    name: 'Content-Length: 0, and the body behind',
    expect: ['401 400 closed', '400 closed'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf();
      sender.note({ ...delivery, isGenuine: false });
      await sender.write(Buffer.concat([headOf(delivery, [['Content-Length', '0']]), delivery.body]));
      await sender.hearOut();
    },
  },
  {
    name: 'Content-Length of 2^53 + 1',
    expect: ['413 closed'],
    kind: 'slow',
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf();
      sender.note({ ...delivery, isGenuine: false });
      const head = headOf(delivery, [['Content-Length', '9007199254740993']]);
      await sender.write(Buffer.concat([head, delivery.body]));
      await sender.hearOut();
    },
  },
  {
    name: 'Content-Length too large, and silence',
    expect: ['408 closed'],
    kind: 'slow',
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf();
      sender.note({ ...delivery, isGenuine: false });
      await sender.write(
        Buffer.concat([
          headOf(delivery, [['Content-Length', String(delivery.body.length + 9)]]),
          delivery.body,
        ]),
      );
      await sender.hearOut();
    },
  },
  {
    name: 'a chunk with a size of 2^63 - 1, and silence',
    expect: ['408 closed'],
    kind: 'slow',
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf();
      sender.note({ ...delivery, isGenuine: false });
      await sender.write(
        Buffer.concat([
          headOf(delivery, [['Transfer-Encoding', 'chunked']]),
          Buffer.from('7fffffffffffffff\r\n'),
          delivery.body,
        ]),
      );
      await sender.hearOut();
    },
  },
  {
    name: 'Content-Length too large, and the next delivery behind, which it swallows',
    expect: ['401 200 open'],
    async run(scene) {
      const { open, deliveryOf } = scene;
      const sender = await open();
      const [outer, swallowed] = [deliveryOf(), requestBytes(deliveryOf())];
      sender.note({ ...outer, isGenuine: false });
      const total = String(outer.body.length + swallowed.length);
      await sender.write(Buffer.concat([headOf(outer, [['Content-Length', total]]), outer.body, swallowed]));
      await sender.hear();
      await sender.send(deliveryOf());
      await sender.hear();
    },
  },
];
