import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Report {
  readonly port: number;
  /** µs of processor time since it began. */
  readonly cpu: number;
  /** Bytes of memory that it had at most. */
  readonly peak: number;
}

/** An endpoint that runs beside this process. */
export class EndpointProcess {
  readonly #child: ChildProcess;
  readonly port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start(index: number): Promise<EndpointProcess> {
    const child = fork(fileURLToPath(new URL('endpoints-server.js', import.meta.url)), [String(index)]);
    const [report] = (await once(child, 'message')) as [Report];
    return new EndpointProcess(child, report.port);
  }

  async report(): Promise<Report> {
    const told = once(this.#child, 'message');
    this.#child.send('report');
    const [report] = (await told) as [Report];
    return report;
  }

  async stop(): Promise<void> {
    const over = once(this.#child, 'exit');
    this.#child.kill();
    await over;
  }
}
