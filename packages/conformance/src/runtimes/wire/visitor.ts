import { RawConnection } from '../../../../testing/src/adapter-suite/raw-connection.ts';
import {
  type Framing,
  type RawRequest,
  requestBytes,
} from '../../../../testing/src/adapter-suite/raw-request.ts';
import type { RunningProgram } from '../start-app.ts';
import type { Ledger, Run } from './ledger.ts';
import { paths } from './settings.ts';

/** Who talks to an app from outside, over sockets. */
export interface Visitor extends Pick<RunningProgram, 'isThere' | 'output'> {
  connect(): Promise<RawConnection>;
  /** Sends a request on a connection of its own: the answer's status, dedup word and body, in one line. */
  send(request: RawRequest, framing?: Framing): Promise<string>;
  ledger(): Promise<Ledger>;
  /** Makes hooks wait, and handlers that are asked to. */
  hold(): Promise<void>;
  release(): Promise<void>;
  /** Runs of the handler for one event. */
  runs(id: string): Promise<readonly Run[]>;
  /** Asks for the ledger until it is as it should be. */
  until(isThere: (ledger: Ledger) => boolean, what: string): Promise<void>;
}

type Response = Awaited<ReturnType<RawConnection['response']>>;

export const lineOf = ({ status, headers, body }: Response): string =>
  [status, headers.get('webhook-dedup'), body.toString()].filter(Boolean).join(' ');

/** ms to wait for what is certain to come. */
const PATIENCE = 15_000;

export function visit({ port, isThere, output }: RunningProgram): Visitor {
  const connect = (): Promise<RawConnection> => RawConnection.open(port);

  async function exchange(request: RawRequest, framing?: Framing): Promise<Response> {
    const connection = await connect();
    try {
      await connection.write(requestBytes(request, framing));
      return await connection.response(request.method);
    } finally {
      connection.close();
    }
  }

  async function ask(target: string): Promise<Ledger> {
    const { body } = await exchange({ method: 'GET', target, headers: [], body: Buffer.alloc(0) }, 'none');
    return JSON.parse(body.toString());
  }

  const ledger = (): Promise<Ledger> => ask(paths.ledger);

  return {
    isThere,
    output,
    connect,
    ledger,
    hold: async () => void (await ask(paths.hold)),
    release: async () => void (await ask(paths.release)),
    send: async (request, framing) => lineOf(await exchange(request, framing)),
    runs: async (id) => (await ledger()).runs.filter((run) => run.id === id),
    async until(isThere, what) {
      const deadline = Date.now() + PATIENCE;
      while (!isThere(await ledger())) {
        if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
