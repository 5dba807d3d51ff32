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

/** The id of a delivery in a key: the sender's own, or else the digest of what was signed. */
export const idPart = async (id: string | undefined, content: readonly Chunk[]): Promise<string> =>
  id === undefined ? contentPart(content) : keyPart(id);

/** Its colon tells it from every id, where a colon is escaped. */
export const contentPart = async (content: readonly Chunk[]): Promise<string> =>
  `content:${await digest(content)}`;

/**
 * `v1|provider|name|tenant|id`. The endpoint's name is in it because one event reaches several endpoints under one id.
 */
export const dedupKey = async (provider: string, name: string, tenant: string, id: string): Promise<string> =>
  `v1|${provider}|${await keyPart(name)}|${await keyPart(tenant)}|${id}`;
