import {
  challengeText,
  defineProvider,
  type Handshake,
  json,
  jsonResponse,
  misconfigured,
  type PayloadFormat,
  type ProviderFactory,
  type Scheme,
  type SecretInput,
  token,
} from '@countersign/core';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { cloudEvents } from './payloads/cloud-events.ts';
import { abuseProtection } from './schemes/abuse-protection.ts';
import { publishedJwt } from './schemes/jwt.ts';
import { microsoftIssuers, microsoftKeys } from './schemes/microsoft-token.ts';

/** How Event Grid says who it is: by a `secret` of yours, by a token of Entra (`tenantId`, `audience`), or either. */
export interface AzureEventGridOptions extends FetchOption {
  /** What you put into the query of the endpoint's URL, or into a delivery header. */
  readonly secret?: SecretInput | undefined;
  /** The parameter of the query that holds it. Default: `secret`. */
  readonly query?: string | undefined;
  /** The delivery header that holds it, in place of the query. */
  readonly header?: string | undefined;
  /** The Entra tenant of the event subscription. */
  readonly tenantId?: string | undefined;
  /** The application ID, or its URI, that the event subscription asks tokens for. */
  readonly audience?: string | readonly string[] | undefined;
  /** With tokens: the application that may deliver. Default: Event Grid itself. */
  readonly appId?: string | undefined;
}

/** The application ID of Microsoft Event Grid, which is the same in every tenant. */
const EVENT_GRID = '4962773b-9cdb-44cf-a8bf-237846a00ab7';

const VALIDATION = 'Microsoft.EventGrid.SubscriptionValidationEvent';

/** In the own schema, or as CloudEvents: always a list. */
const events: PayloadFormat = {
  name: 'json',
  async parse(body, request) {
    const type = request.headers.get('content-type') ?? '';
    const { parse } = /^application\/cloudevents\b/i.test(type) ? cloudEvents : json;
    const parsed = await parse(body, request);
    const list: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    if (list.length === 0 || list.some((each) => typeof each !== 'object' || each === null)) {
      throw new TypeError('a delivery is a list of events');
    }
    return list;
  },
};

/** Comes with the same secret or token as an event; to nobody else is anything said. */
const validation: Handshake = {
  name: 'subscription validation',
  stage: 'event',
  methods: ['POST'],
  answer({ payload }) {
    const [first, ...others] = payload as { eventType?: unknown; data?: { validationCode?: unknown } }[];
    if (first?.eventType !== VALIDATION || others.length > 0) return undefined;
    return jsonResponse({ validationResponse: challengeText(first.data?.validationCode) });
  },
};

function entra({ tenantId, audience, appId = EVENT_GRID, fetch }: AzureEventGridOptions): Scheme<never> {
  if (audience === undefined || audience.length === 0) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'audience is missing: the application that tokens are asked for',
    );
  }
  return publishedJwt(
    {
      header: 'authorization',
      prefix: 'Bearer ',
      algorithms: ['RS256'],
      issuer: microsoftIssuers(tenantId),
      audience,
      required: ['exp'],
      skew: 300,
      check: ({ appid, azp }) => (azp ?? appid) === appId,
      sends: () => ({ appid: appId }),
    },
    microsoftKeys({ fetch }),
  );
}

function schemesOf(options: AzureEventGridOptions): readonly Scheme<never>[] {
  const { tenantId, audience, query = 'secret', header } = options;
  const place = header === undefined ? { query } : { header: header.toLowerCase() };
  const shared = token(place) as unknown as Scheme<never>;
  return tenantId === undefined && audience === undefined ? [shared] : [entra(options), shared];
}

/**
 * Azure Event Grid, in its own schema or in that of CloudEvents. Nothing is signed: the secret or the token proves the
 * sender, and covers none of the events. The payload is always a list; `context.once` tells its items apart, by their
 * `id`. The validation of a subscription is answered when it bears the same secret or token.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_SECRET` without any way to know the sender; `ERR_WEBHOOK_CONFIG_OPTION`
 * @see https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 */
export const azureEventGrid: ProviderFactory<
  never,
  Record<string, unknown>,
  AzureEventGridOptions
> = defineProvider<never, Record<string, unknown>, AzureEventGridOptions>({
  name: 'azure-event-grid',
  docs: {
    url: 'https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: schemesOf,
  type: { constant: 'events' },
  payload: events,
  handshakes: [validation, abuseProtection({ allowedOrigins: ['eventgrid.azure.net'] })],
});
