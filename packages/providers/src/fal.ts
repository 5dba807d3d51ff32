import {
  defineProvider,
  ed25519,
  type ProviderFactory,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';
import { fetchedKeySet } from './keys/fetched-key-set.ts';
import { ed25519Jwks } from './keys/jwks.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';

const KEYS = 'https://rest.alpha.fal.ai/.well-known/jwks.json';

const signature = ed25519({
  header: 'x-fal-webhook-signature',
  encoding: 'hex',
  content: [
    'id',
    { text: '\n' },
    { header: 'x-fal-webhook-user-id' },
    { text: '\n' },
    'timestamp',
    { text: '\n' },
    { digest: 'sha256', encoding: 'hex' },
  ],
  publicKey: { encoding: 'base64url' },
});

function schemeOf({ fetch }: FetchOption): Scheme<never> {
  const set = fetchedKeySet(KEYS, { fetch }, ed25519Jwks);

  /** A delivery names no key, so that all of them are tried, and once more when they are new. */
  const verify: SchemeKey['verify'] = async (content, envelope) => {
    const anyOf = async (keys: ReadonlyMap<string, SchemeKey> = new Map()): Promise<boolean> => {
      let matched = false;
      for (const key of keys.values()) matched = (await key.verify(content, envelope)) === true || matched;
      return matched;
    };
    return (await anyOf(await set.keys(envelope.now))) || anyOf(await set.renewed(envelope.now));
  };

  const { option: _, ...rest } = signature;
  return { ...rest, key: () => ({ verify }) };
}

/** What it sends, by type. */
export interface FalEvents {
  OK: unknown;
  ERROR: unknown;
}

/**
 * fal.ai. The keys are fetched from `rest.alpha.fal.ai` and kept for a day; a delivery that fits none has them
 * fetched anew, twice a minute at most. The type is the `status`: `OK` or `ERROR`.
 *
 * @see https://fal.ai/docs/model-apis/webhooks
 */
export const fal: ProviderFactory<never, FalEvents, FetchOption> = defineProvider({
  name: 'fal',
  docs: { url: 'https://fal.ai/docs/model-apis/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: schemeOf,
  timestamp: { header: 'x-fal-webhook-timestamp', unit: 's' },
  id: { header: 'x-fal-webhook-request-id' },
  type: { payload: 'status' },
});
