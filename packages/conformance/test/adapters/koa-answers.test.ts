import { createReceiver, defineProvider, token, webhook } from '@countersign/koa';
import Koa from 'koa';
import Koa2 from 'koa2';
import { describe, expect, it } from 'vitest';
import { listen } from './listen.ts';

const quiet = defineProvider({
  name: 'quiet',
  scheme: token({ header: 'x-token' }),
  acknowledge: { status: 202 },
});

describe.each([
  ['koa 2', Koa2 as unknown as typeof Koa],
  ['koa 3', Koa],
])('%s', (_, Application) => {
  it('answers nothing where nothing is to be said, whatever type stood there before', async () => {
    const app = new Application();
    app.use(async (ctx, next) => {
      ctx.type = 'json';
      await next();
    });
    app.use(webhook(createReceiver(quiet({ secret: 'a-token' }), { on: {}, store: false, logger: false })));
    const server = await listen(app.callback());
    try {
      const answer = await fetch(`http://127.0.0.1:${server.port}/`, {
        method: 'POST',
        headers: { 'x-token': 'a-token' },
        body: '{}',
      });
      expect(answer.status).toBe(202);
      expect(answer.headers.get('content-type')).toBeNull();
      expect(await answer.text()).toBe('');
    } finally {
      await server.close();
    }
  });
});
