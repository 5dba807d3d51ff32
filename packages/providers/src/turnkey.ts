import { defineProvider, ed25519, type ProviderFactory } from '@countersign/core';
import { fetchedKeySet } from './keys/fetched-key-set.ts';
import { withFoundKeys } from './keys/found-keys.ts';
import { ed25519Jwks } from './keys/jwks.ts';
import { keyInSet } from './keys/key-set.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';

const KEYS = 'https://api.turnkey.com/public/v1/discovery/webhooks/jwks';
const KEY_ID = 'x-turnkey-signature-key-id';

const signature = ed25519({
  header: 'x-turnkey-signature',
  encoding: 'hex',
  content: [
    { text: 'v1.ed25519.' },
    { header: KEY_ID },
    { text: '.' },
    'timestamp',
    { text: '.' },
    'id',
    { text: '.' },
    'body',
  ],
  publicKey: { encoding: 'hex' },
});

function schemeOf({ fetch }: FetchOption) {
  const keys = fetchedKeySet(KEYS, { fetch }, ed25519Jwks);
  return withFoundKeys(signature, async ({ request, now }) => {
    const key = await keyInSet(keys, request.headers.get(KEY_ID) ?? '', now);
    return key ? [key] : [];
  });
}

/**
 * Turnkey. The keys are fetched from `api.turnkey.com` and kept for a day. The signature covers key id, time, event id
 * and body; the type is that of a header, which it does not cover.
 *
 * @see https://docs.turnkey.com/features/webhooks/verify-signatures
 */
export const turnkey: ProviderFactory<never, Record<string, unknown>, FetchOption> = defineProvider({
  name: 'turnkey',
  docs: { url: 'https://docs.turnkey.com/features/webhooks/verify-signatures', read: '2026-11-22' },
  status: 'documented',
  scheme: schemeOf,
  timestamp: { header: 'x-turnkey-timestamp', unit: 'ms' },
  id: { header: 'x-turnkey-event-id' },
  type: { header: 'x-turnkey-event-type' },
});
