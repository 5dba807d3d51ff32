import { createHook } from 'node:async_hooks';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Holdings } from './messages.ts';

const listenersOf = (emitter: NodeJS.EventEmitter): number =>
  emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

/** Counts what a server holds. To be called before anything else makes a timer. */
export function watchHoldings(): { of(server: Server): { count(claims: number): Promise<Holdings> } } {
  const timers = new Set<number>();
  createHook({
    init: (id, type) => void (type === 'Timeout' && timers.add(id)),
    destroy: (id) => void timers.delete(id),
  }).enable();

  return {
    of(server) {
      const sockets = new Set<Socket>();
      let requests = 0;
      const gone = new FinalizationRegistry(() => requests--);
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      server.on('request', (request: IncomingMessage) => {
        requests++;
        gone.register(request, undefined);
      });
      return {
        async count(claims) {
          globalThis.gc?.();
          // Those that are gone are told of in turns of their own.
          await new Promise(setImmediate);
          await new Promise(setImmediate);
          return {
            timers: timers.size,
            sockets: sockets.size,
            listeners: listenersOf(process) + listenersOf(server),
            socketListeners: Math.max(0, ...[...sockets].map(listenersOf)),
            claims,
            requests,
          };
        },
      };
    },
  };
}
