import type { Attack } from '../attack.ts';

const refused = ['GET', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'] as const;

/** Whatever is signed, it was not sent as deliveries are; and the connection goes on. */
export const methodAttacks: readonly Attack[] = [
  ...refused.map(
    (method): Attack => ({
      name: `${method}, with a body and its signature`,
      expect: ['405 200 open'],
      async run({ open, deliveryOf }) {
        const sender = await open();
        await sender.send(deliveryOf({ method }));
        await sender.hear();
        await sender.send(deliveryOf());
        await sender.hear();
      },
    }),
  ),
  ...[true, false].map(
    (hasBody): Attack => ({
      name: `HEAD, ${hasBody ? 'with' : 'without'} a body`,
      expect: ['405 200 open'],
      async run({ open, deliveryOf }) {
        const sender = await open();
        await sender.send(deliveryOf({ method: 'HEAD', ...(hasBody ? {} : { body: Buffer.alloc(0) }) }));
        await sender.hear();
        await sender.send(deliveryOf());
        await sender.hear();
      },
    }),
  ),
  {
    name: 'OPTIONS *',
    expect: ['404 200 open', '405 200 open', '400 200 open'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.send(deliveryOf({ method: 'OPTIONS', path: '*', body: Buffer.alloc(0) }), 'none');
      await sender.hear();
      await sender.send(deliveryOf());
      await sender.hear();
    },
  },
  {
    name: 'CONNECT',
    expect: ['closed'],
    async run({ open, deliveryOf }) {
      const sender = await open();
      await sender.send(deliveryOf({ method: 'CONNECT', path: '127.0.0.1:80' }));
      await sender.hearOut();
    },
  },
  ...['FOO', 'post', 'POST/', ''].map(
    (method): Attack => ({
      name: `the method "${method}"`,
      expect: ['400 closed'],
      async run({ open, deliveryOf }) {
        const sender = await open();
        await sender.send(deliveryOf({ method }));
        await sender.hearOut();
      },
    }),
  ),
  ...(['GET', 'HEAD', 'PUT'] as const).map(
    (method): Attack => ({
      name: `X-HTTP-Method-Override: ${method}, on a genuine delivery`,
      expect: ['200 open'],
      async run({ open, deliveryOf }) {
        const sender = await open();
        await sender.send(deliveryOf({ headers: [['X-HTTP-Method-Override', method]] }));
        await sender.hear();
      },
    }),
  ),
];
