import { defineProvider, type ProviderFactory, type Scheme } from '@countersign/core';
import type { PlaidEvents } from './events/plaid-events.ts';
import { createKeySource } from './keys/key-source.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { fetchPlaidKey } from './schemes/fetch-plaid-key.ts';
import { importPlaidKey, type PlaidKey } from './schemes/import-plaid-key.ts';
import { publishedJwt } from './schemes/jwt.ts';

export type * from './events/plaid-events.ts';
export type { PlaidKey } from './schemes/import-plaid-key.ts';

/** Plaid hands its keys out to customers: either by the credentials of yours, or by `keyOf`. */
export interface PlaidOptions extends FetchOption {
  readonly clientId?: string | undefined;
  /** The API secret of the environment. It signs nothing. */
  readonly apiSecret?: string | undefined;
  /** Default: `production`. */
  readonly environment?: 'production' | 'sandbox' | undefined;
  /** In place of the credentials: asks your own Plaid client, `webhookVerificationKeyGet`. `undefined`: no such key. */
  readonly keyOf?: ((keyId: string) => Promise<PlaidKey | undefined>) | undefined;
}

/** ms after which Plaid is asked again, and may say that a key has expired. */
const HOUR = 3_600_000;

const KEY_ID = /^[\w-]{1,128}$/;

function schemeOf(options: PlaidOptions): Scheme<never> {
  const load = options.keyOf ?? fetchPlaidKey(options);
  const find = createKeySource({
    async load(id) {
      const key = await load(id);
      return key && importPlaidKey(key);
    },
    ttl: HOUR,
  });
  return publishedJwt(
    {
      header: 'plaid-verification',
      algorithms: ['ES256'],
      bodyHash: { claim: 'request_body_sha256', encoding: 'hex' },
      claims: ['iat'],
      isEachItsOwn: true,
    },
    async ({ kid }, now) => (typeof kid === 'string' && KEY_ID.test(kid) ? find(kid, now) : undefined),
  );
}

/**
 * Plaid. The token bears a hash of the body and the moment it was made; its key is fetched from Plaid with your
 * credentials, and refused once it has expired. The type is the `webhook_code` (`SYNC_UPDATES_AVAILABLE`); some codes
 * stand under several `payload.webhook_type`. There is no id, and the same notification may come twice in the same
 * bytes: each token is one delivery, so a retry that Plaid signs anew runs again.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without `clientId` and `apiSecret`, or `keyOf`
 * @see https://plaid.com/docs/api/webhooks/webhook-verification/
 */
export const plaid: ProviderFactory<never, PlaidEvents, PlaidOptions> = defineProvider<
  never,
  PlaidEvents,
  PlaidOptions
>({
  name: 'plaid',
  docs: { url: 'https://plaid.com/docs/api/webhooks/webhook-verification/', read: '2026-11-22' },
  status: 'documented',
  scheme: schemeOf,
  timestamp: { field: 'iat', unit: 's' },
  type: { payload: 'webhook_code' },
});
