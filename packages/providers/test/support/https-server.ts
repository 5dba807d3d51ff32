import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import type { SelfSigned } from './self-signed.ts';

export interface HttpsServer {
  /** The platform's own `fetch`, for which every host is this server, if its certificate says so. */
  readonly fetch: typeof fetch;
  /** `host path` of each request, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

type Connector = (
  options: { hostname: string; servername?: string },
  callback: (error: Error | null, socket: unknown) => void,
) => void;

type Dispatcher = new (options: { connect: Connector }) => { destroy(): Promise<void> };

/** The class of the agent that Node's own `fetch` uses, which no module exports. */
async function agentClass(): Promise<Dispatcher> {
  // It is there once fetch was called.
  await fetch('data:,').catch(() => undefined);
  const holder = globalThis as unknown as Record<symbol, { constructor: Dispatcher } | undefined>;
  const agent = [1, 2]
    .map((version) => holder[Symbol.for(`undici.globalDispatcher.${version}`)])
    .find(Boolean);
  if (agent === undefined) throw new Error('this Node hides the agent of its fetch');
  return agent.constructor;
}

/** A real HTTPS server on a port of its own. */
export async function serveHttps(
  { certificate, key }: SelfSigned,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HttpsServer> {
  const requests: string[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    requests.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const Agent = await agentClass();
  const dispatcher = new Agent({
    connect({ hostname, servername }, callback) {
      const socket = connect({
        host: '127.0.0.1',
        port,
        servername: servername || hostname,
        ca: certificate,
        ALPNProtocols: ['http/1.1'],
      });
      socket.once('secureConnect', () => callback(null, socket));
      socket.once('error', (error) => callback(error, null));
    },
  });
  return {
    requests,
    fetch: ((address: string, init?: RequestInit) =>
      fetch(address, { ...init, dispatcher } as unknown as RequestInit)) as typeof fetch,
    async close() {
      await dispatcher.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
