import { headOf } from '@countersign/testing/raw-http';
import type { Attack, Scene } from '../attack.ts';
import { pause } from '../attack.ts';
import type { Conversation } from '../conversation.ts';
import type { Delivery } from '../delivery.ts';
import { STEPS } from '../messages.ts';

const ways: Readonly<Record<string, (sender: Conversation) => void>> = {
  'by a reset': (sender) => sender.abort(),
  'without a word': (sender) => sender.close(),
};

/** Up to a moment at which a sender goes away, and what it has sent by then. */
const moments: Readonly<Record<string, (scene: Scene, sender: Conversation) => Promise<void>>> = {
  'before a word': async () => {},
  'in the request line': (_, sender) => sender.write('POST /'),
  'in the headers': ({ deliveryOf }, sender) => sender.write(headOf(deliveryOf()).subarray(0, 100)),
  'after the headers': ({ deliveryOf }, sender) => sender.begin(deliveryOf(), 0),
  'after the headers (chunked)': ({ deliveryOf }, sender) => sender.begin(deliveryOf(), 0, 'chunked'),
  'in the body': ({ deliveryOf }, sender) => sender.begin(deliveryOf({ size: 50_000 }), 25_000),
  'in the body (chunked)': ({ deliveryOf }, sender) =>
    sender.begin(deliveryOf({ size: 50_000 }), 25_000, 'chunked'),
  'in a body that is refused': async ({ deliveryOf, limit }, sender) => {
    await sender.begin(deliveryOf({ size: limit * 4 }), limit * 2);
    await sender.hear();
  },
  'with the last byte': ({ deliveryOf }, sender) => sender.send(deliveryOf({ forged: true })),
};

/** A whole exchange later the server has heard of what was done before. */
async function exchange({ open, deliveryOf }: Scene): Promise<void> {
  const sender = await open();
  await sender.send(deliveryOf({ forged: true }));
  await sender.hear();
}

const early = Object.entries(moments).flatMap(([moment, come]) =>
  Object.entries(ways).map(
    ([way, go]): Attack => ({
      name: `gone ${moment}, ${way}`,
      // What is read and dropped is waited for, for a while.
      ...(moment === 'in a body that is refused' && { kind: 'slow' }),
      expect: [
        'hung up, 401 open',
        '401 hung up, 401 open',
        '413 hung up, 401 open',
        '413 hung up, 401 closed',
      ],
      async run(scene) {
        const sender = await scene.open();
        await come(scene, sender);
        // Until the server has it in its hands.
        await pause(5);
        go(sender);
        await exchange(scene);
      },
    }),
  ),
);

/** The sender of a whole delivery comes again until it is told that it was handled. */
async function comeAgain({ open }: Scene, delivery: Delivery): Promise<void> {
  for (let tries = 1; ; tries++) {
    const sender = await open();
    await sender.send(delivery);
    const { status } = await sender.hear();
    if (status === 200 || tries === 50) return;
    sender.forget();
    await pause(5 * tries);
  }
}

/** The delivery is whole: it is handled, and its sender, who comes again, is told so. */
const held = STEPS.flatMap((step) =>
  Object.entries(ways).map(
    ([way, go]): Attack => ({
      name: `gone while held at the ${step}, ${way}`,
      // Express sends the answer of a route before it is recorded.
      expect: [
        'hung up, 401 open, 200 open',
        ...(step === 'complete' ? ['200 hung up, 401 open, 200 open'] : []),
      ],
      async run(scene) {
        const { open, deliveryOf, server } = scene;
        const delivery = deliveryOf({ at: step });
        const sender = await open();
        await sender.send(delivery);
        await server.reached(step, delivery.id);
        go(sender);
        await exchange(scene);
        server.release(delivery.id);
        await server.ran(delivery.id);
        await comeAgain(scene, delivery);
      },
    }),
  ),
);

/** More than sockets hold, so that the rest of it waits for a reader. */
const LONG_ANSWER = 8_000_000;

const answers = Object.entries(ways).map(
  ([way, go]): Attack => ({
    name: `gone during the answer, ${way}`,
    expect: ['hung up, 401 open, 200 open'],
    async run(scene) {
      const delivery = scene.deliveryOf({ answer: LONG_ANSWER });
      const sender = await scene.open();
      sender.coverEars();
      await sender.send(delivery);
      await scene.server.ran(delivery.id);
      await exchange(scene);
      go(sender);
      await comeAgain(scene, delivery);
    },
  }),
);

/** Half a body is no body, whatever was signed. */
const halves = Object.entries({
  ...ways,
  'by closing its side': (sender: Conversation) => sender.finish(),
}).map(
  ([way, go]): Attack => ({
    name: `half of a body, signed as if it were all, and gone ${way}`,
    expect: ['hung up, 401 open', 'closed, 401 open', '400 closed, 401 open'],
    async run(scene) {
      const half = Buffer.from('{"n":1}');
      const body = Buffer.concat([half, Buffer.alloc(100, ' ')]);
      const sender = await scene.open();
      await sender.begin({ ...scene.deliveryOf({ body, signs: half }), isGenuine: false }, half.length);
      await pause(5);
      go(sender);
      await exchange(scene);
    },
  }),
);

/** Senders that go away, at each stage. */
export const abortAttacks: readonly Attack[] = [...early, ...halves, ...held, ...answers];
