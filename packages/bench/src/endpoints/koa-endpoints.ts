import { createReceiver, webhook } from '@countersign/koa';
import Koa from 'koa';
import { senders } from '../senders.ts';
import { ACKNOWLEDGEMENT, handleByHand, handler } from './by-hand.ts';
import type { Endpoint } from './endpoint.ts';
import { listen } from './listen.ts';

const endpoint = (by: string, middleware: () => Koa.Middleware): Endpoint => ({
  framework: 'koa',
  sender: 'stripe',
  by,
  serve: () => listen(new Koa().use(middleware()).callback()),
});

export const koaEndpoints: readonly Endpoint[] = [
  endpoint('by hand', () => async (ctx) => {
    const chunks: Buffer[] = [];
    for await (const chunk of ctx.req) chunks.push(chunk);
    ctx.status = handleByHand('stripe', ctx.headers, Buffer.concat(chunks));
    ctx.type = 'application/json';
    ctx.body = ACKNOWLEDGEMENT;
  }),
  endpoint('countersign', () => webhook(createReceiver(senders.stripe.provider, { on: { '*': handler } }))),
];
