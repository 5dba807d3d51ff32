import type { IncomingHttpHeaders } from 'node:http';
import { createReceiver } from '@countersign/core';
import { getRequestListener } from '@hono/node-server';
import { senders } from '../senders.ts';
import { ACKNOWLEDGEMENT, handleByHand, handler } from './by-hand.ts';
import type { Endpoint } from './endpoint.ts';
import { listen } from './listen.ts';
import { Memory } from './memory.ts';

/** `export default { fetch }`, on the bridge that Node needs for it. */
const endpoint = (by: string, make: () => (request: Request) => Promise<Response>): Endpoint => ({
  framework: 'fetch',
  sender: 'stripe',
  by,
  serve: () => listen(getRequestListener(make())),
});

const byHand = (by: string, memory?: Memory): Endpoint =>
  endpoint(by, () => async (request) => {
    const body = Buffer.from(await request.arrayBuffer());
    const headers = { 'stripe-signature': request.headers.get('stripe-signature') };
    const status = handleByHand('stripe', headers as unknown as IncomingHttpHeaders, body, memory);
    return new Response(ACKNOWLEDGEMENT, { status, headers: { 'content-type': 'application/json' } });
  });

export const fetchEndpoints: readonly Endpoint[] = [
  byHand('by hand'),
  byHand('by hand, remembering', new Memory()),
  endpoint('countersign', () => createReceiver(senders.stripe.provider, { on: { '*': handler } }).fetch),
];
