// The adapter suite on Deno.serve.
import { adapterChecks } from '../checks/adapter-checks.ts';
import { serverAdapters } from '../server-adapters.ts';
import { print, tally } from '../tally.ts';

interface DenoServer {
  readonly addr: { readonly port: number };
  readonly finished: Promise<void>;
}

declare const Deno: {
  serve(
    options: { port: number; hostname: string; signal: AbortSignal; onListen(): void },
    handler: (request: Request) => unknown,
  ): DenoServer;
};

const adapters = serverAdapters('Deno.serve', {
  isNode: false,
  address: 'as-sent',
  async listen(fetch) {
    const controller = new AbortController();
    const options = { port: 0, hostname: '127.0.0.1', signal: controller.signal, onListen() {} };
    const server = Deno.serve(options, fetch);
    return {
      port: server.addr.port,
      async close() {
        controller.abort();
        await server.finished;
      },
    };
  },
});

print(await tally('adapters', adapterChecks(adapters)));
process.exit();
