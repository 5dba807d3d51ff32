import type { IncomingHttpHeaders } from 'node:http';
import { createReceiver, webhook } from '@countersign/hono';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { senders } from '../senders.ts';
import { ACKNOWLEDGEMENT, handleByHand, handler } from './by-hand.ts';
import type { Endpoint } from './endpoint.ts';
import { listen } from './listen.ts';

const endpoint = (by: string, mount: (app: Hono) => unknown): Endpoint => ({
  framework: 'hono',
  sender: 'stripe',
  by,
  serve() {
    const app = new Hono();
    mount(app);
    return listen(getRequestListener(app.fetch));
  },
});

export const honoEndpoints: readonly Endpoint[] = [
  endpoint('by hand', (app) =>
    app.post('/webhooks', async (c) => {
      const body = Buffer.from(await c.req.arrayBuffer());
      const headers = { 'stripe-signature': c.req.header('stripe-signature') } as IncomingHttpHeaders;
      const status = handleByHand('stripe', headers, body);
      return c.body(ACKNOWLEDGEMENT, status as 200, { 'content-type': 'application/json' });
    }),
  ),
  endpoint('countersign', (app) =>
    app.post('/webhooks', webhook(createReceiver(senders.stripe.provider, { on: { '*': handler } }))),
  ),
];
