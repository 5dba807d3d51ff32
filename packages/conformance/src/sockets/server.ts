import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { defects } from './defects.ts';
import { createEndpoints } from './endpoints.ts';
import { frameworks } from './frameworks/index.ts';
import { watchHoldings } from './holdings.ts';
import type { Effort, News, Order } from './messages.ts';
import { type Mount, pathOf, type ServerOptions } from './server-options.ts';

const options: ServerOptions = JSON.parse(process.argv[2] ?? '{}');
const holdings = watchHoldings();
const stalls = monitorEventLoopDelay({ resolution: 10 });
const tell = (news: News): void => void process.send?.(news);

const framework = [...frameworks, ...defects].find(({ name }) => name === options.framework);
if (framework === undefined) throw new Error(`there is no framework ${options.framework}`);
const { listener, middleware } = framework;
const endpoints = createEndpoints(options, tell);
const listeners = new Map<string, RequestListener>();
const DEFAULT = pathOf('webhook');

const names = (list: string): string[] => list.split(',').filter(Boolean);

/** An application of its own for each arrangement that is asked for; the usual one for what is none. */
function listenerAt(path: string): RequestListener {
  const made = listeners.get(path);
  if (made) return made;
  const [before = '', mount = '', behind = ''] = path.slice(1).split('.');
  const around = [...names(before), ...names(behind)];
  const isKnown =
    Object.hasOwn(endpoints.mounts, mount) && around.every((name) => Object.hasOwn(middleware, name));
  if (!isKnown) return listenerAt(DEFAULT);
  const endpoint = endpoints.mounts[mount as Mount];
  const app = listener({ ...endpoint, path, before: names(before), behind: names(behind) });
  listeners.set(path, app);
  return app;
}

const { headersTimeout, requestTimeout, keepAliveTimeout } = options;
const server = createServer(
  { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval: 250 },
  (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    return listenerAt(path.startsWith('/') ? path : DEFAULT)(request, response);
  },
);
const held = holdings.of(server);

let used = process.cpuUsage();

function spent(): Effort {
  const { user, system } = process.cpuUsage(used);
  const stall = stalls.max / 1e6;
  used = process.cpuUsage();
  stalls.reset();
  return { cpu: (user + system) / 1000, stall };
}

process.on('warning', ({ name, message }) => tell({ kind: 'warning', text: `${name}: ${message}` }));

process.on('message', async (order: Order) => {
  if (order.kind === 'release') return endpoints.release(order.id);
  const effort = spent();
  tell({ kind: 'holdings', holdings: await held.count(endpoints.claims()), effort });
});

// Nobody to serve.
process.on('disconnect', () => process.exit());

stalls.enable();
server.listen(0, '127.0.0.1', 8192, () => {
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port });
});
