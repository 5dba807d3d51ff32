import type { RunningApp } from '@countersign/testing';

/** What a platform or a framework around a Fetch handler leaves on Node's request. */
export type Around = (body: Uint8Array) => object;

/** A server of what speaks Fetch. */
export interface ServeFetch {
  /** Whether there is a Node request underneath. */
  readonly isNode: boolean;
  /** What a receiver knows of the address that a request was sent to. */
  readonly address: 'as-sent' | 'parsed';
  /** On 127.0.0.1, port 0. */
  listen(
    fetch: (request: Request, ...platform: never[]) => Response | Promise<Response>,
    around?: Around,
  ): Promise<RunningApp>;
}
