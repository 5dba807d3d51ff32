import { defineProvider, ecdsa, misconfigured, type ProviderFactory, presenceCheck } from '@countersign/core';
import { fetcherOf } from './keys/fetcher-of.ts';
import { withFoundKeys } from './keys/found-keys.ts';
import { createKeySource } from './keys/key-source.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { publicKeyOf } from './keys/public-key-of.ts';
import { spkiOf } from './keys/spki.ts';

/** Where each product has its keys. */
const products = {
  wallets: 'https://api.circle.com/v2/notifications/publicKey/',
  cpn: 'https://api.circle.com/v2/cpn/notifications/publicKey/',
  stablefx: 'https://api.circle.com/v2/stablefx/notifications/publicKey/',
  gateway: 'https://gateway-api.circle.com/v2/notifications/publicKey/',
  'gateway-testnet': 'https://gateway-api-testnet.circle.com/v2/notifications/publicKey/',
} as const;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** As many as Circle may sign with in a minute: it says of one product that keys are random for each delivery. */
const LOADS = 600;

const signature = ecdsa({
  header: 'x-circle-signature',
  curve: 'P-256',
  hash: 'sha256',
  form: 'der',
  encoding: 'base64',
  content: ['body'],
});

interface Answer {
  readonly data: { readonly id: string; readonly algorithm: string; readonly publicKey: string };
}

function schemeOf({ apiKey, product = 'wallets', fetch }: CircleOptions) {
  if (typeof apiKey !== 'string' || apiKey === '') {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'apiKey is missing: Circle hands its keys out to account holders',
    );
  }
  if (!Object.hasOwn(products, product)) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `product is one of ${Object.keys(products).join(', ')}`);
  }
  const { hostname, pathname } = new URL(products[product]);
  const load = fetcherOf(
    {
      hosts: [hostname],
      path: new RegExp(`^${pathname}[0-9a-f-]{36}$`),
      headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json' },
      fetch,
    },
    (text) => {
      const { data } = JSON.parse(text) as Answer;
      if (data.algorithm !== 'ECDSA_SHA_256') throw new TypeError('this is a key for another algorithm');
      return publicKeyOf(signature, spkiOf(data.publicKey));
    },
  );
  // A key never changes under its id.
  const find = createKeySource({ load: (id) => load(products[product] + id), ttl: Infinity, loads: LOADS });
  return withFoundKeys(signature, async ({ request, now }) => {
    const id = request.headers.get('x-circle-key-id') ?? '';
    const key = UUID.test(id) ? await find(id, now) : undefined;
    return key ? [key] : [];
  });
}

/** Options of {@link circle}. */
export interface CircleOptions extends FetchOption {
  /** An API key of the account: what the public keys are fetched with. It signs nothing. */
  readonly apiKey: string | undefined;
  /** Each has keys of its own. Default: `wallets`. */
  readonly product?: keyof typeof products | undefined;
}

/**
 * Circle, notifications of version 2: Wallets, Contracts, CPN, StableFX, Gateway. Those of version 1 (Circle Mint)
 * are signed otherwise. The keys are fetched by id from Circle's API. The type is `notificationType`; nothing that is
 * checked says when a delivery was made. Mount it for HEAD too, by which Circle checks the endpoint.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without an `apiKey`
 * @see https://developers.circle.com/api-reference/verify-webhook-signatures
 */
export const circle: ProviderFactory<never, Record<string, unknown>, CircleOptions> = defineProvider({
  name: 'circle',
  docs: { url: 'https://developers.circle.com/api-reference/verify-webhook-signatures', read: '2026-11-22' },
  status: 'proven',
  scheme: schemeOf,
  id: { payload: 'notificationId' },
  type: { payload: 'notificationType' },
  handshakes: [presenceCheck('HEAD')],
});
