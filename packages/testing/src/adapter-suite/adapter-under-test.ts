import type { Receiver, WebhookEvent } from '@countersign/core';

/**
 * A framework's adapter, as the suite drives it: over real sockets, and only by what a user of it would write.
 *
 * @example
 * ```ts
 * import { webhook } from '@countersign/express';
 * import express from 'express';
 *
 * const adapter: AdapterUnderTest = {
 *   name: 'express 5',
 *   settles: 'after-answer',
 *   parsers: [{ name: 'express.json()', takes: ['application/json'], ignores: ['text/plain'], leaves: 'nothing', blamed: 'express.json()' }],
 *   async serve({ parser, routes }) {
 *     const app = express();
 *     if (parser === 'express.json()') app.use(express.json());
 *     for (const { path, receiver } of routes) app.all(path, webhook(receiver));
 *     return listen(app);
 *   },
 * };
 * ```
 */
export interface AdapterUnderTest {
  /** Framework and version: `express 5`. */
  readonly name: string;
  /** What this framework can put in front of a webhook; each makes its own cases. */
  readonly parsers: readonly ParserUnderTest[];
  /** When `verifyWebhook` settles: only before the answer can a lost claim still replace it. */
  readonly settles: 'before-answer' | 'after-answer';
  /**
   * What is known of a request's address: the target as it was sent, or only what a URL object made of it. Nobody can
   * tell then what was signed where it escaped a letter, and such a delivery is refused. Default: `as-sent`.
   */
  readonly address?: 'as-sent' | 'parsed';
  /** Starts an app on 127.0.0.1, port 0. What mounting throws must come out of here. */
  serve(app: AppUnderTest): Promise<RunningApp>;
}

/** A body parser, or another middleware that touches the body. */
export interface ParserUnderTest {
  /** Handed back to `serve`, and part of the case names. */
  readonly name: string;
  /** Content types whose bodies it reads; `undefined`: of a request without one. */
  readonly takes: readonly (string | undefined)[];
  /** Content types it passes by. */
  readonly ignores: readonly (string | undefined)[];
  /** Of a body it took: the exact bytes, where the adapter finds them; or nothing that could be verified. */
  readonly leaves: 'bytes' | 'nothing';
  /** What the operator's log line must say of it when the bytes are gone. */
  readonly blamed?: string;
}

/** An app to serve. */
export interface AppUnderTest {
  /** Name of the parser that stands before the routes. */
  readonly parser?: string | undefined;
  /** The routes stand in a router that is mounted here, so that the framework takes the prefix off the URL. */
  readonly prefix?: string | undefined;
  readonly routes: readonly RouteUnderTest[];
  /** To be called by a middleware behind the routes, which leaves the answer to the framework. */
  readonly behind?: (() => void) | undefined;
}

/** A route for every HTTP method: `app.all(path, …)`. */
export interface RouteUnderTest {
  readonly path: string;
  readonly receiver: Receiver;
  /**
   * Without it: `webhook(receiver)`. With it: `verifyWebhook(receiver)`, then a route that passes the event from the
   * framework's place to this and answers what it returns. What it throws is that route's own error.
   */
  readonly answer?: ((event: WebhookEvent) => RouteAnswer | Promise<RouteAnswer>) | undefined;
}

/** What a route of the application answers. */
export interface RouteAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An app that listens. */
export interface RunningApp {
  readonly port: number;
  /** Ends every connection too. */
  close(): Promise<void>;
}
