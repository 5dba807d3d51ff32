import {
  defineProvider,
  type EventMap,
  type EventsOf,
  misconfigured,
  type Provider,
  queryOf,
  type Secret,
  type SecretRequest,
} from '@countersign/core';
import { decodeJwt } from 'jose';
import type { AtlassianConnectEvents } from './events/atlassian-connect-events.ts';
import { secretJwt } from './schemes/jwt.ts';
import { queryStringHash } from './schemes/query-string-hash.ts';

export type * from './events/atlassian-connect-events.ts';

/** Finds the `sharedSecret` of an installation by its `clientKey`; `undefined`: there is no such installation. */
export type AtlassianSecrets = (
  clientKey: string,
  request: SecretRequest,
) => Secret | readonly Secret[] | undefined | Promise<Secret | readonly Secret[] | undefined>;

/** Options of {@link atlassianConnect}. */
export interface AtlassianConnectOptions {
  /** The `sharedSecret` of the installation, or what finds it: every site that installs the app has its own. */
  readonly secret: Secret | readonly Secret[] | AtlassianSecrets | undefined;
  /** The `baseUrl` of the app's descriptor: the signed path is relative to it. Default: that of the origin alone. */
  readonly baseUrl?: string | undefined;
}

const PREFIX = 'JWT ';

/** Who says to have sent it; not verified. */
function clientKeyOf({ headers }: SecretRequest): string {
  const sent = headers.get('authorization') ?? '';
  try {
    const { iss } = decodeJwt(sent.startsWith(PREFIX) ? sent.slice(PREFIX.length) : '');
    return typeof iss === 'string' ? iss : '';
  } catch {
    return '';
  }
}

const pathOf = (url: string): string =>
  url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] || '/';

function basePathOf(baseUrl: string | undefined): string {
  if (baseUrl === undefined) return '';
  if (!URL.canParse(baseUrl)) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', 'baseUrl is no URL: that of the app’s descriptor');
  }
  return new URL(baseUrl).pathname.replace(/\/$/, '');
}

const define = defineProvider<'secret', AtlassianConnectEvents, Pick<AtlassianConnectOptions, 'baseUrl'>>({
  name: 'atlassian-connect',
  docs: {
    url: 'https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme({ baseUrl }) {
    const basePath = basePathOf(baseUrl);
    const hashOf = ({ method, url }: { readonly method: string; readonly url: string }) =>
      queryStringHash({ method, path: pathOf(url), query: queryOf(url) }, basePath);
    return secretJwt({
      header: 'authorization',
      prefix: PREFIX,
      algorithms: ['HS256'],
      required: ['iss', 'exp', 'qsh'],
      claims: ['iat'],
      check: async ({ qsh }, { request }) => qsh === (await hashOf(request)),
      sends: async ({ request }) => ({ iss: 'sample-client-key', qsh: await hashOf(request) }),
    });
  },
  timestamp: { field: 'iat', unit: 's' },
  type: [{ payload: 'webhookEvent' }, { payload: 'event' }, { payload: 'eventType' }],
});

/**
 * Atlassian Connect apps for Jira and Confluence Cloud. The token is made with the secret that the site handed over at
 * installation; it says for which method, path and query it was made, and covers nothing of the body. Installation
 * itself is signed otherwise (RS256), and is not for here. Behind a proxy that changes the path, nothing verifies.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/
 */
export function atlassianConnect<Own extends EventMap = AtlassianConnectEvents>(
  options: AtlassianConnectOptions,
): Provider<EventsOf<Own>> {
  const { secret } = options;
  if (typeof secret !== 'function') return define<Own>({ ...options, secret });
  return define<Own>({ ...options, secret: (request) => secret(clientKeyOf(request), request) });
}
