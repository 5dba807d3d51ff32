import { buffer } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { listen } from './listen.ts';
import type { ServeFetch } from './serve-fetch.ts';

/** Fetch on node:http, by @hono/node-server. */
export const nodeServer: ServeFetch = {
  isNode: true,
  address: 'as-sent',
  listen(fetch, around) {
    const answerTo = getRequestListener(fetch as Parameters<typeof getRequestListener>[0]);
    return listen(async (request, response) => {
      if (around) Object.assign(request, around(await buffer(request)));
      await answerTo(request, response);
    });
  },
};
