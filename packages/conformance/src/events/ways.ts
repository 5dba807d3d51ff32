import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Receiver } from '@countersign/core';
import { type Delivery, toRequest } from '@countersign/testing';
import { requestOf } from '../privacy/request-of.ts';
import { frameworks } from '../sockets/frameworks/index.ts';

/** What a sender is told. */
export interface Told {
  readonly status: number;
  readonly body: string;
}

/** A way to a receiver. */
export interface Way {
  readonly name: string;
  open(receiver: Receiver): Promise<{ send(delivery: Delivery): Promise<Told>; close(): Promise<void> }>;
}

const nothing = async (): Promise<void> => {};

export const directWays: readonly Way[] = [
  {
    name: 'handle',
    open: async (receiver) => ({
      send: async (delivery) => receiver.handle(requestOf(delivery)),
      close: nothing,
    }),
  },
  {
    name: 'fetch',
    open: async (receiver) => ({
      async send(delivery) {
        const request = toRequest(delivery);
        // Fetch puts one in where there is none.
        if (delivery.headers['content-type'] === undefined) request.headers.delete('content-type');
        const response = await receiver.fetch(request);
        return { status: response.status, body: await response.text() };
      },
      close: nothing,
    }),
  },
];

function post(port: number, { method, url, headers, body }: Delivery): Promise<Told> {
  const { pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path: pathname + search,
        headers: { ...headers, 'content-length': body.length },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function served(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    send: (delivery: Delivery) => post(port, delivery),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Real adapters, on sockets. */
export const socketWays: readonly Way[] = ['express 5', 'koa 3', 'hono 4 on node'].map((name) => ({
  name,
  open(receiver) {
    const framework = frameworks.find((each) => each.name === name);
    if (framework === undefined) throw new Error(`there is no framework ${name}`);
    const path = '/webhooks';
    return served(framework.listener({ path, receiver, before: [], behind: [] }));
  },
}));
