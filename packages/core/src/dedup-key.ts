import { crypto } from '#crypto';
import { type Chunk, encode } from './bytes.ts';

/** Characters of one part. A longer one is kept as a digest: a sender must not choose our memory. */
const MAX_PART = 200;

const digest = async (content: readonly Chunk[]): Promise<string> =>
  encode('hex', await crypto.digest('sha256', content));

// A lone surrogate makes `encodeURIComponent` throw; JSON writes one as an escape.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Percent-encoded, byte-exact: no case folding, no trimming. */
export async function keyPart(text: string): Promise<string> {
  if (text.length <= MAX_PART && !LONE_SURROGATE.test(text)) {
    const part = encodeURIComponent(text);
    if (part.length <= MAX_PART) return part;
  }
  return `long:${await digest([JSON.stringify(text)])}`;
}

/** The same bytes under the same id, shortened: told apart for a report, never for a decision. */
export const fingerprint = async (body: Uint8Array): Promise<string> => (await digest([body])).slice(0, 32);

/** The digest of a content in the place of an id. Its colon tells it from every id, where a colon is escaped. */
export const contentPart = async (content: readonly Chunk[]): Promise<string> =>
  `content:${await digest(content)}`;

/**
 * `v1|provider|name|tenant|id`. The endpoint's name is in it because one event reaches several endpoints under one id.
 */
export const dedupKey = async (provider: string, name: string, tenant: string, id: string): Promise<string> =>
  `v1|${provider}|${await keyPart(name)}|${await keyPart(tenant)}|${id}`;

// No item of a batch and no id reads like these: `keyPart` escapes colons.

/** The key of the same id with another body, where that is a delivery of its own. */
export const bodyKey = (key: string, print: string): string => `${key}|body:${print}`;

/** Bytes of a job's key at most; keys are ASCII. */
const MAX_JOB_KEY = 200;

/** Under what the worker of a queue runs an event: not the receiver's own key, which is done when the job begins. */
export async function jobOf(key: string): Promise<{ readonly key: string; readonly jobId: string }> {
  const whole = `${key}|:job`;
  const hash = await digest([whole]);
  return { key: whole.length <= MAX_JOB_KEY ? whole : `v1|long:${hash}|:job`, jobId: hash.slice(0, 32) };
}

/** Whose delivery it was, kept with the digest of its content. */
export const ownerPrint = async (key: string): Promise<string> => (await digest([key])).slice(0, 32);
