import { defineProvider, misconfigured, type PayloadFormat, type ProviderFactory } from '@countersign/core';
import type { KindeEvents } from './events/kinde-events.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { publishedJwt } from './schemes/jwt.ts';
import { remoteJwks } from './schemes/remote-jwks.ts';

export type * from './events/kinde-events.ts';

/** Options of {@link kinde}. */
export interface KindeOptions extends FetchOption {
  /** The domain of your Kinde business, under which its keys are found: `https://yours.kinde.com`, or a custom one. */
  readonly domain: string | undefined;
}

/** The body is a token: taken for one until it is verified, when its claims take its place. */
const tokenBody: PayloadFormat = {
  name: 'other',
  parse: (body) => ({ token: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body) }),
};

function keysOf(domain: string | undefined): string {
  const { origin = '', href } = domain && URL.canParse(domain) ? new URL(domain) : {};
  if (/^https:\/\/[^:]+$/.test(origin) && href === `${origin}/`) return `${origin}/.well-known/jwks`;
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    'domain is missing, or no https origin: the domain of your Kinde business (https://yours.kinde.com)',
  );
}

/**
 * Kinde. The body is a JSON Web Token; the payload of the event is its claims. The keys are fetched from your own Kinde
 * domain. The id is `event_id`, which is signed, as `webhook-id` is not. Retries go on for days, with what was signed
 * at first, so the age of a delivery is not limited.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without a `domain`
 * @see https://docs.kinde.com/integrate/webhooks/about-webhooks/
 */
export const kinde: ProviderFactory<never, KindeEvents, KindeOptions> = defineProvider<
  never,
  KindeEvents,
  KindeOptions
>({
  name: 'kinde',
  docs: { url: 'https://docs.kinde.com/integrate/webhooks/about-webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: ({ domain, fetch }) =>
    publishedJwt(
      { payload: 'token', algorithms: ['RS256'], required: ['event_id', 'type'], isPayload: true },
      remoteJwks(keysOf(domain), { fetch }),
    ),
  payload: tokenBody,
  id: { payload: 'event_id' },
  type: { payload: 'type' },
  horizon: 259_200,
  reactions: { '2xx': 'done', '3xx': 'retry', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
