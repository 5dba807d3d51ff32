import { chunkOf, headOf } from '@countersign/testing/raw-http';
import { type Attack, pause } from '../attack.ts';
import type { Conversation } from '../conversation.ts';

/** A byte now and then, until the other side has had enough. */
async function trickle(conversation: Conversation, bytes: Uint8Array, ms: number): Promise<void> {
  for (const byte of bytes) {
    if (conversation.isEnded) return;
    await conversation.write(Uint8Array.of(byte));
    await pause(ms);
  }
}

/** So many chunks of one byte. */
const oneByteChunks = (count: number): Buffer => Buffer.from('1\r\nx\r\n'.repeat(count));

/** Bytes that a refused sender may go on with: what is read and dropped, by us or by a bridge, and what sockets hold. */
const TOLERATED = 256 * 1024 * 1024;

/** Too slow, for too long, or never done. */
export const paceAttacks: readonly Attack[] = [
  {
    name: 'a connection without a word',
    expect: ['408 closed', 'closed'],
    kind: 'slow',
    async run({ open }) {
      await (await open()).hearOut();
    },
  },
  {
    name: 'headers that trickle for ever',
    expect: ['408 closed'],
    kind: 'slow',
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf({ headers: [['X-Padding', 'x'.repeat(8000)]] });
      sender.note(delivery, false);
      await trickle(sender, headOf(delivery).subarray(0, 6000), 40);
      await sender.hearOut();
    },
  },
  ...(['length', 'chunked'] as const).flatMap((framing): Attack[] => [
    {
      name: `a body that trickles for ever (${framing})`,
      expect: ['408 closed'],
      kind: 'slow',
      async run({ open, deliveryOf }) {
        const sender = await open();
        await sender.begin(deliveryOf({ size: 5000 }), 1, framing);
        const rest = Buffer.alloc(4000, 'x');
        await trickle(sender, framing === 'length' ? rest : oneByteChunks(600), 15);
        await sender.hearOut();
      },
    },
    {
      name: `a body that stops half-way, and is not ended (${framing})`,
      expect: ['408 closed'],
      kind: 'slow',
      async run({ open, deliveryOf }) {
        const sender = await open();
        await sender.begin(deliveryOf({ size: 500 }), 250, framing);
        await sender.hearOut();
      },
    },
    {
      name: `a refused body that trickles on (${framing})`,
      expect: ['413 closed'],
      kind: 'slow',
      async run({ open, deliveryOf, limit }) {
        const sender = await open();
        const delivery = deliveryOf({ size: limit * 2 });
        await sender.begin(delivery, framing === 'length' ? 0 : limit + 1, framing);
        await sender.hear();
        await trickle(sender, framing === 'length' ? Buffer.alloc(4000, 'x') : oneByteChunks(600), 15);
        await sender.hearOut();
      },
    },
    {
      name: `a refused body that has no end, at full speed (${framing})`,
      expect: ['413 closed', 'closed'],
      kind: 'slow',
      async run({ open, deliveryOf, limit }) {
        const sender = await open();
        const head = headOf(
          deliveryOf(),
          framing === 'length' ? [['Content-Length', '999999999999']] : [['Transfer-Encoding', 'chunked']],
        );
        const piece = Buffer.alloc(limit, 'x');
        const block = framing === 'length' ? piece : chunkOf(piece);
        sender.note(deliveryOf({ forged: true }), false);
        await sender.write(head);
        let written = 0;
        while (!sender.isEnded && written <= TOLERATED) {
          await sender.write(block);
          written += block.length;
        }
        if (written > TOLERATED) throw new Error(`${written} bytes of a refused body were taken`);
        await sender.hearOut();
      },
    },
  ]),
  {
    name: 'a refused body that stops, and is not ended',
    expect: ['413 closed'],
    kind: 'slow',
    async run({ open, deliveryOf, limit }) {
      const sender = await open();
      await sender.begin(deliveryOf({ size: limit + 1 }), 100);
      await sender.hearOut();
    },
  },
  {
    name: '20,000 chunks of one byte',
    expect: ['200 open'],
    kind: 'alone',
    async run({ open, deliveryOf }) {
      const sender = await open();
      const delivery = deliveryOf({ size: 20_000 });
      sender.note(delivery);
      await sender.write(headOf(delivery, [['Transfer-Encoding', 'chunked']]));
      const chunks = Array.from(delivery.body.toString('latin1'), (character) => `1\r\n${character}\r\n`);
      await sender.write(`${chunks.join('')}0\r\n\r\n`);
      await sender.hear();
    },
  },
  {
    name: 'a sender that does not listen to its answer for a while',
    expect: ['200 open'],
    async run({ open, deliveryOf, server }) {
      const sender = await open();
      sender.coverEars();
      const delivery = deliveryOf();
      await sender.send(delivery);
      await server.ran(delivery.id);
      await pause(200);
      await sender.hear();
    },
  },
  {
    name: 'a connection that stays silent after its answer',
    expect: ['200 closed'],
    kind: 'slow',
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.send(deliveryOf());
      await sender.hear();
      await sender.hearOut();
    },
  },
];
