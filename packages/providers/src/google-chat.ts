import { defineProvider, misconfigured, type ProviderFactory, type Scheme } from '@countersign/core';
import { importX509 } from 'jose';
import type { GoogleChatEvents } from './events/google-chat-events.ts';
import { fetchedKeySet } from './keys/fetched-key-set.ts';
import { keyInSet } from './keys/key-set.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import type { FindJwtKey } from './schemes/find-jwt-key.ts';
import { googleIdToken } from './schemes/google-id-token.ts';
import { publishedJwt } from './schemes/jwt.ts';

export type * from './events/google-chat-events.ts';

const CHAT = 'chat@system.gserviceaccount.com';
const CERTIFICATES = `https://www.googleapis.com/service_accounts/v1/metadata/x509/${CHAT}`;
const HOUR = 3_600_000;

/** One of the two, as "Authentication Audience" is set in the configuration of the app. */
export interface GoogleChatOptions extends FetchOption {
  /** "HTTP endpoint URL": that URL, as it stands there. */
  readonly url?: string | undefined;
  /** The service account that calls, for an app that is a Workspace add-on. Default: that of Google Chat. */
  readonly email?: string | undefined;
  /** "Project Number": the number of the Google Cloud project. */
  readonly projectNumber?: string | undefined;
}

/** Keys as certificates by id. That they come from Google by TLS is what makes them good. */
function certificateKeys({ fetch }: FetchOption): FindJwtKey {
  const set = fetchedKeySet(CERTIFICATES, { fetch, ttl: HOUR }, async (text) => {
    const entries = Object.entries(JSON.parse(text) as Record<string, string>);
    return new Map(
      await Promise.all(entries.map(async ([id, pem]) => [id, await importX509(pem, 'RS256')] as const)),
    );
  });
  return async ({ kid = '' }, now) => keyInSet(set, kid, now);
}

function schemeOf({ url, projectNumber, email = CHAT, fetch }: GoogleChatOptions): Scheme<never> {
  if ((url === undefined) === (projectNumber === undefined)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'give one of url and projectNumber: what "Authentication Audience" is set to in the app’s configuration',
    );
  }
  if (url !== undefined && url !== '') return googleIdToken({ audience: url, email, fetch });
  if (projectNumber === undefined || !/^\d+$/.test(projectNumber)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'projectNumber is the number of the project, not its id',
    );
  }
  return publishedJwt(
    {
      header: 'authorization',
      prefix: 'Bearer ',
      algorithms: ['RS256'],
      issuer: CHAT,
      audience: projectNumber,
      required: ['exp'],
      skew: 300,
      claims: ['iat'],
    },
    certificateKeys({ fetch }),
  );
}

/**
 * Google Chat apps on an HTTP endpoint. The token proves that Google Chat sent, and covers nothing of the body. There is
 * no id: equal bodies are one delivery. Answer with `reply(…)`.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` unless one of `url` and `projectNumber` is given
 * @see https://developers.google.com/workspace/chat/verify-requests-from-chat
 */
export const googleChat: ProviderFactory<never, GoogleChatEvents, GoogleChatOptions> = defineProvider<
  never,
  GoogleChatEvents,
  GoogleChatOptions
>({
  name: 'google-chat',
  docs: {
    url: 'https://developers.google.com/workspace/chat/verify-requests-from-chat',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: schemeOf,
  timestamp: { field: 'iat', unit: 's', tolerance: { past: 3600, future: 300 } },
  type: { payload: 'type' },
});
