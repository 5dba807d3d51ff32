import {
  defineProvider,
  digest,
  hmac,
  type ProviderFactory,
  type PublicUrl,
  type Scheme,
} from '@countersign/core';
import type { HubspotEvents } from './events/hubspot-events.ts';
import { optionalJson } from './schemes/optional-json.ts';

export type * from './events/hubspot-events.ts';

/** The escapes that HubSpot undoes in the address before it signs, and no others. */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

const asSigned = (url: string): string => url.replace(DECODED, decodeURIComponent);

const mac = hmac({
  header: 'x-hubspot-signature-v3',
  hash: 'sha256',
  encoding: 'base64',
  content: ['method', 'url', 'body', 'timestamp'],
});

const v3: Scheme<'secret'> = {
  ...mac,
  content: ({ request, url, body, timestamp = '' }) => [request.method, asSigned(url), body, timestamp],
};

const old = { header: 'x-hubspot-signature', hash: 'sha256', encoding: 'hex' } as const;

const legacySchemes: Readonly<Record<'v1' | 'v2', Scheme<'secret'>>> = {
  v1: digest({ ...old, content: ['secret', 'body'] }),
  v2: digest({ ...old, content: ['secret', 'method', 'url', 'body'] }),
};

/**
 * `publicUrl`: the address of the subscription; signed. `legacy`: takes this older signature too, where there is no
 * v3 one. Every request bears both, and the old ones no time: whoever has seen one request can strip the v3 header
 * and send it again for ever. They are plain hashes that begin with the secret, besides.
 */
export interface HubspotOptions {
  readonly publicUrl: PublicUrl;
  readonly legacy?: 'v1' | 'v2' | undefined;
}

/**
 * HubSpot, signature v3. `secret` is the app's client secret. A delivery is an array of up to 100 events of several
 * types, and an attempt is signed anew: the event is `batch`, its items are yours to run one by one
 * (`ctx.once`, by `eventId` with `subscriptionId`).
 *
 * @see https://developers.hubspot.com/docs/guides/apps/authentication/validating-requests
 */
export const hubspot: ProviderFactory<'secret', HubspotEvents, HubspotOptions> = defineProvider({
  name: 'hubspot',
  docs: {
    url: 'https://developers.hubspot.com/docs/guides/apps/authentication/validating-requests',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: ({ legacy }: HubspotOptions) => (legacy === undefined ? v3 : [v3, legacySchemes[legacy]]),
  timestamp: { header: 'x-hubspot-request-timestamp', unit: 'ms' },
  type: { constant: 'batch' },
  methods: ['POST', 'GET'],
  payload: optionalJson,
});
