import type { Server } from 'node:http';
import type { SenderName } from '../senders.ts';

/** A whole endpoint, in a process of its own. */
export interface Endpoint {
  readonly framework: 'express' | 'koa' | 'hono' | 'fetch';
  readonly sender: SenderName;
  readonly by: string;
  /** Listens on any port of 127.0.0.1. */
  serve(): Promise<Server>;
}
