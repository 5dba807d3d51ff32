import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import { optionalJson } from './schemes/optional-json.ts';

/**
 * Sentry's integration platform. `secret` is the integration's client secret. The type is the resource (`issue`); the
 * payload's `action` says what became of it. Type, id and time stand in headers that the signature does not cover;
 * see `replayGuard`. A delivery may be all headers: its body is empty, and signed as such.
 *
 * @see https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
 */
export const sentry: ProviderFactory<'secret'> = defineProvider({
  name: 'sentry',
  docs: {
    url: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    // The second is that of old installations.
    header: ['sentry-hook-signature', 'sentry-app-signature'],
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  timestamp: { header: 'sentry-hook-timestamp', unit: 's' },
  id: { header: 'request-id' },
  type: { header: 'sentry-hook-resource' },
  payload: optionalJson,
  deadline: 1,
});
