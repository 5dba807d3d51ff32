import type { Attack, Scene } from '../attack.ts';
import type { Conversation } from '../conversation.ts';

/** A request, and what it is told. */
const firsts: Readonly<Record<string, (scene: Scene, sender: Conversation) => Promise<void>>> = {
  '401, forged': ({ deliveryOf }, sender) => sender.send(deliveryOf({ forged: true })),
  '401, forged and chunked': ({ deliveryOf }, sender) => sender.send(deliveryOf({ forged: true }), 'chunked'),
  '400, signed, but no JSON': ({ deliveryOf }, sender) =>
    sender.send({ ...deliveryOf({ body: Buffer.from('{') }), isGenuine: false }),
  '415, said to be compressed': ({ deliveryOf }, sender) =>
    sender.send({ ...deliveryOf({ headers: [['Content-Encoding', 'gzip']] }), isGenuine: false }),
  '413, too large by its length': ({ deliveryOf, limit }, sender) =>
    sender.send({ ...deliveryOf({ size: limit + 1 }), isGenuine: false }),
  '413, too large in chunks': ({ deliveryOf, limit }, sender) =>
    sender.send({ ...deliveryOf({ size: limit + 1 }), isGenuine: false }, 'chunked'),
  '500, its handler throws': ({ deliveryOf }, sender) => sender.send(deliveryOf({ throws: true })),
};

/** What follows a refusal on its connection is answered properly, or the connection is closed. */
export const afterwardsAttacks: readonly Attack[] = Object.entries(firsts).flatMap(([name, send]) => {
  const status = name.slice(0, 3);
  return (['one after the other', 'pipelined'] as const).map(
    (how): Attack => ({
      name: `a genuine delivery after ${name} (${how})`,
      expect: [`${status} 200 open`, ...(status === '413' ? [`${status} closed`] : [])],
      async run(scene) {
        const sender = await scene.open();
        await send(scene, sender);
        if (how === 'one after the other') await sender.hear();
        await sender.send(scene.deliveryOf());
        await sender.hearAll();
      },
    }),
  );
});
