import { crypto } from '#crypto';
import type { Chunk } from './bytes.ts';
import { dismiss } from './dismiss.ts';
import { allOf, andThen, type MaybePromise } from './maybe-promise.ts';

/** Characters of one part. A longer one is kept as a digest: a sender must not choose our memory. */
const MAX_PART = 200;

// A lone surrogate makes `encodeURIComponent` throw; JSON writes one as an escape.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** What `encodeURIComponent` leaves as it is: most ids are no more than that. */
const PLAIN = /^[\w.~!*'()-]{0,200}$/;

/**
 * Percent-encoded, byte-exact: no case folding, no trimming.
 *
 * @throws TypeError for what is no text: a promise, say, which would be the same key for every delivery
 */
export function keyPart(text: string): MaybePromise<string> {
  if (typeof text !== 'string') {
    dismiss(text);
    throw new TypeError('dedupKey(), tenant() and once() want a string, at once');
  }
  if (PLAIN.test(text)) return text;
  if (text.length <= MAX_PART && !LONE_SURROGATE.test(text)) {
    const part = encodeURIComponent(text);
    if (part.length <= MAX_PART) return part;
  }
  return andThen(crypto.sha256([JSON.stringify(text)]), (digest) => `long:${digest}`);
}

/** The first 128 bits: enough to tell bytes apart for a report. */
const shortened = (digest: MaybePromise<string>): MaybePromise<string> =>
  andThen(digest, (hex) => hex.slice(0, 32));

/** The same bytes under the same id, shortened: told apart for a report, never for a decision. */
export const fingerprint = (body: Uint8Array): MaybePromise<string> => shortened(crypto.sha256([body]));

/** The digest of a content in the place of an id. Its colon tells it from every id, where a colon is escaped. */
export const contentPart = (content: readonly Chunk[]): MaybePromise<string> =>
  andThen(crypto.sha256(content), (digest) => `content:${digest}`);

/**
 * `v1|provider|name|tenant|id`. The endpoint's name is in it because one event reaches several endpoints under one id.
 *
 * @param id as `keyPart` or `contentPart` makes it
 */
export const dedupKey = (
  provider: string,
  name: MaybePromise<string>,
  tenant: MaybePromise<string>,
  id: MaybePromise<string>,
): MaybePromise<string> => andThen(allOf(['v1', provider, name, tenant, id]), joined);

const joined = (parts: readonly string[]): string => parts.join('|');

// No item of a batch and no id reads like these: `keyPart` escapes colons.

/** The key of the same id with another body, where that is a delivery of its own. */
export const bodyKey = (key: string, print: string): string => `${key}|body:${print}`;

/** Bytes of a job's key at most; keys are ASCII. */
const MAX_JOB_KEY = 200;

/** Under what the worker of a queue runs an event: not the receiver's own key, which is done when the job begins. */
export async function jobOf(key: string): Promise<{ readonly key: string; readonly jobId: string }> {
  const whole = `${key}|:job`;
  const hash = await crypto.sha256([whole]);
  return { key: whole.length <= MAX_JOB_KEY ? whole : `v1|long:${hash}|:job`, jobId: hash.slice(0, 32) };
}

/** Whose delivery it was, kept with the digest of its content. */
export const ownerPrint = (key: string): MaybePromise<string> => shortened(crypto.sha256([key]));
