// An endpoint in a process of its own, which the parent pins to one core, loads, and asks how it is.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { DedupStore } from '@countersign/core';
import { createReceiver, webhook } from '@countersign/express';
import { pgExecutor, postgresStore } from '@countersign/postgres';
import { redisStore } from '@countersign/redis';
import express from 'express';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type SenderName, senders } from '../../../bench/src/senders.ts';
import { openBook } from './books.ts';
import type { ServerOptions } from './load-options.ts';
import type { News } from './messages.ts';

const options: ServerOptions = JSON.parse(process.argv[2] ?? '{}');
const { mistake } = options;
const book = openBook(options);

const stores: Readonly<Record<ServerOptions['store'], () => DedupStore>> = {
  redis: () => redisStore(new Redis(options.redis), { prefix: options.prefix }),
  postgres: () => postgresStore(pgExecutor(new pg.Pool({ connectionString: options.database, max: 10 }))),
};
const store = mistake === 'remembers nothing' ? false : stores[options.store]();

let handled = 0;

async function handle(id: string): Promise<void> {
  const isTenth = ++handled % 10 === 0;
  if (mistake === 'drops one in ten' && isTenth) return;
  if (mistake === 'handles one in ten twice' && isTenth) await book.write(id);
  await book.write(id);
}

const app = express();
if (mistake === 'verifies nothing') {
  app.use(express.json(), async (request, response) => {
    await handle(request.body.id);
    response.end();
  });
}
for (const name of Object.keys(senders) as SenderName[]) {
  const receiver = createReceiver(senders[name].provider, {
    store,
    logger: false,
    on: { '*': (event) => handle(String(event.id)) },
  });
  app.post(`/${name}`, webhook(receiver));
}

let unhandled = 0;
process.on('unhandledRejection', () => unhandled++);

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

function tell(news: News): void {
  process.send?.(news);
}

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed: heap, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const lag = delay.percentile(99) / 1e6;
  delay.reset();
  const handles = process.getActiveResourcesInfo().length;
  tell({ kind: 'vitals', heap, rss, handles, lag, at: performance.now(), cpu: user + system, unhandled });
});
// Nobody is left to ask.
process.on('disconnect', () => process.exit());

const server = createServer(app);
server.listen(0, '127.0.0.1', () =>
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port }),
);
