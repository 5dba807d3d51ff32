import type { Part, Provider, Receiver, Scheme, WebhookEvent } from '@countersign/core';
import { fetchOption } from './key-server.ts';
import { judge, verifierOf } from './receiver.ts';
import { type Change, requestOf, type Vector } from './vector.ts';

/** Stands in for the time where nothing that is signed says when. */
const SOME_TIME = 1_764_000_000;

/** What can only come after a good signature and a good time. */
const AFTER_THE_SIGNATURE = ['ERR_WEBHOOK_PAYLOAD_INVALID', 'ERR_WEBHOOK_HANDSHAKE'];

export interface Judged {
  readonly verdict: 'valid' | 'invalid';
  readonly code: string | undefined;
  readonly event: WebhookEvent | undefined;
}

/** What a receiver says of a vector, or of one that was changed. */
export async function judged(receiver: Receiver, vector: Vector, change?: Change): Promise<Judged> {
  const { event, code } = await judge(receiver, requestOf(vector, change));
  const verdict = code === undefined || AFTER_THE_SIGNATURE.includes(code) ? 'valid' : 'invalid';
  return { verdict, code, event };
}

export type Keys = Readonly<Record<string, unknown>>;

/** What the vector's verdict hangs on; nothing where the provider fetches its keys. */
export const keysOf = ({ secret, publicKey }: Vector): Keys => ({
  ...(secret !== undefined && { secret }),
  ...(publicKey !== undefined && { publicKey }),
});

/** What a factory is given, to make the provider that judges the vector. */
export const optionsOf = (vector: Vector, keys = keysOf(vector)): Keys => ({
  ...vector.options,
  ...fetchOption(vector),
  ...keys,
});

/** Judges at the vector's own time, or so much later. */
export const judgeOf = (provider: Provider, { at = SOME_TIME }: Vector, laterMs = 0): Receiver =>
  verifierOf(provider, { now: () => Math.round(at * 1000) + laterMs });

/** The scheme that the vector's headers ask for; or the first, where signatures stand elsewhere. */
export function schemeOf({ rules: { schemes } }: Provider, { headers }: Vector): Scheme | undefined {
  const named = schemes.find(({ grammar }) => [grammar.header ?? []].flat().some((name) => name in headers));
  return named ?? schemes.find(({ grammar }) => grammar.header === undefined);
}

export const coversBody = (covers: readonly Part[]): boolean =>
  covers.some((part) => part === 'body' || (typeof part === 'object' && 'digest' in part));
