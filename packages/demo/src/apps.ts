import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhook as expressWebhook } from '@countersign/express';
import { webhook as honoWebhook } from '@countersign/hono';
import { webhook as koaWebhook } from '@countersign/koa';
import { getRequestListener } from '@hono/node-server';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import express from 'express';
import { Hono } from 'hono';
import Koa from 'koa';
import { receivers } from './receivers.ts';

/** A running app: `/stripe` and the others, and `/parsed/stripe` behind a JSON parser, where no webhook belongs. */
export interface App {
  readonly name: string;
  readonly origin: string;
  close(): void;
}

function expressApp() {
  const app = express();
  app.use('/parsed', express.json());
  for (const [path, receiver] of Object.entries(receivers)) {
    app.post(`/${path}`, expressWebhook(receiver));
    app.post(`/parsed/${path}`, expressWebhook(receiver));
  }
  return createServer(app);
}

function koaApp() {
  const router = new Router();
  router.use('/parsed', bodyParser());
  for (const [path, receiver] of Object.entries(receivers)) {
    router.post(`/${path}`, koaWebhook(receiver));
    router.post(`/parsed/${path}`, koaWebhook(receiver));
  }
  return createServer(new Koa().use(router.routes()).callback());
}

function honoApp() {
  const app = new Hono();
  app.use('/parsed/*', async (c, next) => {
    await c.req.json();
    await next();
  });
  for (const [path, receiver] of Object.entries(receivers)) {
    app.post(`/${path}`, honoWebhook(receiver));
    app.post(`/parsed/${path}`, honoWebhook(receiver));
  }
  return createServer(getRequestListener(app.fetch));
}

async function start(name: string, server: Server): Promise<App> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    name,
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const startApps = (): Promise<App[]> =>
  Promise.all([start('Express', expressApp()), start('Koa', koaApp()), start('Hono', honoApp())]);
