import type { Attack, Scene } from '../attack.ts';
import type { Delivery } from '../delivery.ts';

const pipelined = (
  name: string,
  expect: readonly string[],
  requests: (scene: Scene) => readonly Delivery[],
): Attack => ({
  name,
  expect,
  async run(scene) {
    const sender = await scene.open();
    await sender.pipeline(...requests(scene));
    await sender.hearAll();
  },
});

const many = 50;

/** The next request before the answer to the last. */
export const pipelineAttacks: readonly Attack[] = [
  pipelined('five genuine deliveries, pipelined', ['200 200 200 200 200 open'], ({ deliveryOf }) =>
    Array.from({ length: 5 }, () => deliveryOf()),
  ),
  pipelined(`${many} genuine deliveries, pipelined`, [`${'200 '.repeat(many)}open`], ({ deliveryOf }) =>
    Array.from({ length: many }, () => deliveryOf()),
  ),
  pipelined('genuine, forged, genuine, pipelined', ['200 401 200 open'], ({ deliveryOf }) => [
    deliveryOf(),
    deliveryOf({ forged: true }),
    deliveryOf(),
  ]),
  pipelined('forged, genuine, forged, pipelined', ['401 200 401 open'], ({ deliveryOf }) => [
    deliveryOf({ forged: true }),
    deliveryOf(),
    deliveryOf({ forged: true }),
  ]),
  pipelined(
    'a body that is too large between two genuine deliveries',
    // Closed where the rest of it was too slow to come.
    ['200 413 200 open', '200 413 closed'],
    ({ deliveryOf, limit }) => [
      deliveryOf(),
      { ...deliveryOf({ size: limit * 3 }), isGenuine: false },
      deliveryOf(),
    ],
  ),
  pipelined('HEAD and OPTIONS between two genuine deliveries', ['200 405 405 200 open'], ({ deliveryOf }) => [
    deliveryOf(),
    deliveryOf({ method: 'HEAD', body: Buffer.alloc(0) }),
    deliveryOf({ method: 'OPTIONS', body: Buffer.alloc(0) }),
    deliveryOf(),
  ]),
  pipelined(
    'a handler that throws between two genuine deliveries',
    ['200 500 200 open'],
    ({ deliveryOf }) => [deliveryOf(), deliveryOf({ throws: true }), deliveryOf()],
  ),
  pipelined('the same delivery twice, pipelined', ['200 503 open', '200 200 open'], ({ deliveryOf }) => {
    const delivery = deliveryOf();
    return [delivery, delivery];
  }),
  {
    name: 'twenty genuine deliveries, one after the other',
    // Counts what others would disturb.
    kind: 'alone',
    expect: [`${'200 '.repeat(20)}open`],
    async run({ open, deliveryOf, server }) {
      const sender = await open();
      const counts: number[] = [];
      for (let at = 0; at < 20; at++) {
        await sender.send(deliveryOf());
        await sender.hear();
        if (at === 2 || at === 19) counts.push((await server.count()).holdings.socketListeners);
      }
      const [first = 0, last = 0] = counts;
      if (last > first) throw new Error(`${last - first} more listeners on the connection than before`);
    },
  },
  {
    name: 'a slow delivery before a fast one, pipelined',
    expect: ['200 200 open'],
    async run({ open, deliveryOf, server }) {
      const sender = await open();
      const [slow, fast] = [deliveryOf({ at: 'handler' }), deliveryOf()];
      await sender.pipeline(slow, fast);
      await server.reached('handler', slow.id);
      await server.ran(fast.id);
      server.release(slow.id);
      await sender.hearAll();
    },
  },
  {
    name: 'twenty pipelined deliveries, and a reset',
    expect: ['hung up'],
    async run({ open, deliveryOf, server }) {
      const sender = await open();
      const deliveries = Array.from({ length: 20 }, (_, at) => deliveryOf(at === 0 ? { at: 'handler' } : {}));
      const [first] = deliveries as [Delivery];
      await sender.pipeline(...deliveries);
      await server.reached('handler', first.id);
      sender.abort();
      server.release(first.id);
      await server.ran(first.id);
    },
  },
];
