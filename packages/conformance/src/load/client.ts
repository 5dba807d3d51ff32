import { once } from 'node:events';
import { connect } from 'node:net';
import { Pool } from 'undici';
import type { Delivery } from '../../../bench/src/delivery.ts';
import { wireOf } from '../../../bench/src/endpoints/load.ts';

export interface Answer {
  /** 0: none came. */
  readonly status: number;
  /** ms that the sender was asked to wait. */
  readonly retryAfter: number;
}

/** Where a sender is cut off. */
export const stages = ['in the headers', 'in the body', 'before the answer'] as const;
export type Stage = (typeof stages)[number];

const CONNECTIONS = 128;
const TIMEOUT = 30_000;

/** How much of a request gets through. */
const shareOf: Readonly<Record<Stage, (bytes: number, body: number) => number>> = {
  'in the headers': (bytes, body) => Math.floor((bytes - body) / 2),
  'in the body': (bytes, body) => bytes - Math.floor(body / 2),
  'before the answer': (bytes) => bytes,
};

/** Sends to one port of this machine. */
export class Client {
  readonly #port: number;
  readonly #pool: Pool;

  constructor(port: number) {
    this.#port = port;
    this.#pool = new Pool(`http://127.0.0.1:${port}`, {
      connections: CONNECTIONS,
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
    });
  }

  async send({ sender, headers, body }: Delivery): Promise<Answer> {
    try {
      const answer = await this.#pool.request({
        method: 'POST',
        path: `/${sender}`,
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      await answer.body.dump();
      return { status: answer.statusCode, retryAfter: Number(answer.headers['retry-after'] ?? 0) * 1000 };
    } catch {
      return { status: 0, retryAfter: 0 };
    }
  }

  /** Hangs up at a stage, on a connection of its own. */
  async cutOff(delivery: Delivery, stage: Stage): Promise<void> {
    const wire = wireOf(delivery, `/${delivery.sender}`);
    const socket = connect(this.#port, '127.0.0.1');
    socket.on('error', () => {});
    try {
      await once(socket, 'connect');
    } catch {
      // Under load a connection may be reset before it is one: cut off even sooner.
      return;
    }
    await new Promise<void>((resolve) => {
      socket.write(wire.subarray(0, shareOf[stage](wire.length, delivery.body.length)), () => resolve());
    });
    socket.destroy();
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
