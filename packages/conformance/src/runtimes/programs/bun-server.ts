// The adapter suite on Bun.serve.
import { adapterChecks } from '../checks/adapter-checks.ts';
import { serverAdapters } from '../server-adapters.ts';
import { print, tally } from '../tally.ts';

interface BunServer {
  readonly port: number;
  stop(closeActiveConnections: boolean): Promise<void>;
}

declare const Bun: {
  serve(options: { port: number; hostname: string; fetch: (request: Request) => unknown }): BunServer;
};

const adapters = serverAdapters('Bun.serve', {
  isNode: false,
  address: 'parsed',
  async listen(fetch) {
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch });
    return { port: server.port, close: () => server.stop(true) };
  },
});

print(await tally('adapters', adapterChecks(adapters)));
process.exit();
