import { Agent, request } from 'node:http';
import type { Provider } from '@countersign/core';
import { sign } from '@countersign/testing';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** The status of one attempt, or 0 when the connection broke. */
function post(port: number, headers: Record<string, string>, body: Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/',
      headers,
      agent,
      timeout: 20_000,
    });
    sent.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', () => resolve(0));
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}

export interface Sending {
  readonly provider: Provider;
  readonly id: string;
  readonly payload: unknown;
  /** Any of the ports, each time anew. */
  readonly port: () => number;
  /** ms before the next attempt. */
  readonly backoff: (tried: number) => number;
  readonly isOver: () => boolean;
}

/** Sends a delivery again and again until it is told 2xx, as senders do. Returns how often it took, or 0. */
export async function send({ provider, id, payload, port, backoff, isOver }: Sending): Promise<number> {
  for (let tried = 1; !isOver(); tried++) {
    const { headers, body } = await sign(provider, { id, type: 'thing', payload });
    const length = String(body.length);
    const status = await post(port(), { ...headers, 'content-length': length }, body);
    if (status >= 200 && status < 300) return tried;
    await new Promise((resolve) => setTimeout(resolve, backoff(tried)));
  }
  return 0;
}
