import { createReceiver, webhook } from '@countersign/express';
import express from 'express';
import { load } from '../../peers/load.mjs';
import { type SenderName, senders } from '../senders.ts';
import { ACKNOWLEDGEMENT, handleByHand, handler } from './by-hand.ts';
import type { Endpoint } from './endpoint.ts';
import { listen } from './listen.ts';
import { Memory } from './memory.ts';

const PATH = '/webhooks';

const endpoint = (sender: SenderName, by: string, mount: (app: express.Express) => unknown): Endpoint => ({
  framework: 'express',
  sender,
  by,
  async serve() {
    const app = express();
    await mount(app);
    return listen(app);
  },
});

const byHand = (sender: SenderName, by = 'by hand', memory?: Memory): Endpoint =>
  endpoint(sender, by, (app) =>
    app.post(PATH, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        response.statusCode = handleByHand(sender, request.headers, Buffer.concat(chunks), memory);
        response.setHeader('content-type', 'application/json');
        response.end(ACKNOWLEDGEMENT);
      });
    }),
  );

const ours = (sender: SenderName): Endpoint =>
  endpoint(sender, 'countersign', (app) =>
    app.post(PATH, webhook(createReceiver(senders[sender].provider, { on: { '*': handler } }))),
  );

export const expressEndpoints: readonly Endpoint[] = [
  byHand('stripe'),
  byHand('stripe', 'by hand, remembering', new Memory()),
  ours('stripe'),
  endpoint('stripe', 'express.raw + stripe', async (app) => {
    const { default: Stripe } = await load('stripe');
    const { webhooks } = new Stripe('sk_test_bench');
    app.post(PATH, express.raw({ type: 'application/json' }), (request, response) => {
      handler(
        webhooks.constructEvent(request.body, request.headers['stripe-signature'], senders.stripe.secret),
      );
      response.json({ received: true });
    });
  }),
  byHand('standard-webhooks'),
  ours('standard-webhooks'),
  endpoint('standard-webhooks', 'express.raw + standardwebhooks', async (app) => {
    const { Webhook } = await load('standardwebhooks');
    const webhooks = new Webhook(senders['standard-webhooks'].secret);
    app.post(PATH, express.raw({ type: 'application/json' }), (request, response) => {
      handler(webhooks.verify(request.body, request.headers));
      response.json({ received: true });
    });
  }),
  byHand('github'),
  byHand('github', 'by hand, remembering', new Memory()),
  ours('github'),
  endpoint('github', '@octokit/webhooks', async (app) => {
    const { createNodeMiddleware, Webhooks } = await load('@octokit/webhooks');
    const webhooks = new Webhooks({ secret: senders.github.secret });
    webhooks.onAny(handler);
    app.use(createNodeMiddleware(webhooks, { path: PATH }));
  }),
];
