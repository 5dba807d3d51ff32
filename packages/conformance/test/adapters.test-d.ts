import {
  createReceiver,
  verifyWebhook as expressVerify,
  webhook as expressWebhook,
} from '@countersign/express';
import { verifyWebhook as honoVerify, webhook as honoWebhook } from '@countersign/hono';
import { verifyWebhook as koaVerify, webhook as koaWebhook } from '@countersign/koa';
import { stripe } from '@countersign/providers/stripe';
import Router from '@koa/router';
import express from 'express';
import { Hono } from 'hono';
import Koa from 'koa';
import { expectTypeOf, it } from 'vitest';

const billing = createReceiver(stripe({ secret: 'whsec_types' }));
type Event = Awaited<ReturnType<typeof billing.verify>>;

it('types res.locals.webhook in Express', () => {
  express().post('/billing', expressWebhook(billing));
  express().post('/billing', expressVerify(billing), (_request, response) => {
    expectTypeOf(response.locals.webhook).toEqualTypeOf<Event>();
    if (response.locals.webhook.type === 'invoice.paid') {
      expectTypeOf(response.locals.webhook.payload.data.object.id).toEqualTypeOf<string>();
    }
  });
});

it('types ctx.state.webhook in Koa', () => {
  new Koa().use(koaWebhook(billing));
  new Koa().use(koaVerify(billing)).use((ctx) => {
    expectTypeOf(ctx.state.webhook).toEqualTypeOf<Event>();
  });
  new Router().post('/billing', koaVerify(billing), (ctx) => {
    expectTypeOf(ctx.state.webhook).toEqualTypeOf<Event>();
  });
});

it('types c.var.webhook in Hono', () => {
  new Hono().post('/billing', honoWebhook(billing));
  new Hono().post('/billing', honoVerify(billing), (c) => {
    expectTypeOf(c.var.webhook).toEqualTypeOf<Event>();
    return c.text(c.get('webhook').type);
  });
});
