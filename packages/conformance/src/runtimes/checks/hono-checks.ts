import { createReceiver } from '@countersign/core';
import { verifyWebhook, webhook } from '@countersign/hono';
import { type Delivery, sign, toRequest } from '@countersign/testing';
import { Hono } from 'hono';
import { acme } from './acme.ts';
import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';
import { answerOf, DUPLICATE, RECEIVED } from './endpoint.ts';

const PATH = '/webhooks/acme';
const body = '{"hello":"wörld"}';

const deliver = (): Promise<Delivery> => sign(acme(), { body, url: `https://receiver.test${PATH}` });

const send =
  (app: Hono) =>
  async (delivery: Delivery): Promise<string> =>
    answerOf(await app.fetch(toRequest(delivery)));

/** A Hono app, as Workers, Bun and Deno call it. */
export const honoChecks: readonly Check[] = [
  {
    name: 'webhook() in a Hono app',
    async run() {
      const handled: unknown[] = [];
      const receiver = createReceiver(acme(), {
        logger: false,
        on: { '*': ({ id }) => void handled.push(id) },
      });
      const sent = send(new Hono().post(PATH, webhook(receiver as never)));
      const delivery = await deliver();
      const forged = { ...delivery, body: new TextEncoder().encode('{}') };
      const answers = [await sent(delivery), await sent(delivery), await sent(forged)];
      assertSame(answers, [RECEIVED, DUPLICATE, '401 {"error":"signature_invalid"}'], 'the answers');
      assertSame(handled.length, 1, 'events handled');
    },
  },
  {
    name: 'verifyWebhook() before a route of a Hono app, which may still read the body',
    async run() {
      let attempts = 0;
      const receiver = createReceiver(acme(), { logger: false });
      const sent = send(
        new Hono().post(PATH, verifyWebhook(receiver), async (c) => {
          const { hello } = await c.req.json();
          attempts++;
          return attempts === 1 ? c.text('not yet', 503) : c.text(`${hello} ${c.var.webhook.body.length}`);
        }) as never,
      );
      const delivery = await deliver();
      const answers = [await sent(delivery), await sent(delivery), await sent(delivery)];
      assertSame(answers, ['503 not yet', '200 wörld 18', DUPLICATE], 'the answers');
      assertSame(attempts, 2, 'attempts');
    },
  },
];
