import type { RequestListener } from 'node:http';
import type { Receiver, WebhookEvent } from '@countersign/core';

/** What an application does with an event of `verifyWebhook`. */
export type Route = (event: WebhookEvent) => Promise<string>;

/** One endpoint, and what stands around it. */
export interface App {
  readonly path: string;
  readonly receiver: Receiver;
  /** Without it: `webhook(receiver)`. With it: `verifyWebhook(receiver)`, and a route that answers 200 with this. */
  readonly route?: Route | undefined;
  /** Names of middleware, in order. */
  readonly before: readonly string[];
  readonly behind: readonly string[];
}

/** What a middleware does to the body of a request. */
export interface MiddlewareFacts {
  /** Whether it reads the body of such a request, if nobody has done so before. */
  readonly takes: (contentType: string | undefined) => boolean;
  /**
   * Of a body that it took: the exact bytes; nothing that could be verified; or an answer of its own, that it is too
   * large.
   */
  readonly leaves: 'bytes' | 'nothing' | 'refusal';
  /** May fail over a body that was read before: by another middleware, or also by `verifyWebhook`. */
  readonly stumbles?: 'over others' | 'always';
  /** Marks a body as read, also one that it passes by. */
  readonly marks?: boolean;
  /** Passes by what is marked. */
  readonly minds?: boolean;
}

export interface Framework {
  readonly name: string;
  readonly middleware: Readonly<Record<string, MiddlewareFacts>>;
  listener(app: App): RequestListener;
}

export const never = (): boolean => false;
export const always = (): boolean => true;

/** @param words of which one is in the content type */
export const types =
  (...words: readonly string[]): MiddlewareFacts['takes'] =>
  (contentType = '') =>
    words.some((word) => contentType.includes(word));

export const anyType: MiddlewareFacts['takes'] = (contentType) => contentType !== undefined;

/** Picks middleware by name. */
export const pick = <Middleware>(
  table: Readonly<Record<string, { readonly use: Middleware }>>,
  names: readonly string[],
): Middleware[] =>
  names.map((name) => {
    const found = table[name];
    if (found === undefined) throw new Error(`there is no middleware ${name}`);
    return found.use;
  });
