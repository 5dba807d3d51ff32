import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { LivekitEvents } from './events/livekit-events.ts';
import { secretJwt } from './schemes/jwt.ts';
import { requiredOption } from './schemes/required-option.ts';

export type * from './events/livekit-events.ts';

/** Options of {@link livekit}. */
export interface LivekitOptions {
  /** The API key of the pair whose secret this is: tokens must be issued by it. */
  readonly apiKey: string | undefined;
}

/**
 * LiveKit. `secret` is the API secret that belongs to `apiKey`, the pair named in the server's webhook configuration.
 * The token in `Authorization`, which stands there without `Bearer`, bears a hash of the body, and lives minutes.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without an `apiKey`
 * @see https://docs.livekit.io/home/server/webhooks/
 */
export const livekit: ProviderFactory<'secret', LivekitEvents, LivekitOptions> = defineProvider<
  'secret',
  LivekitEvents,
  LivekitOptions
>({
  name: 'livekit',
  docs: { url: 'https://docs.livekit.io/home/server/webhooks/', read: '2026-11-22' },
  status: 'proven',
  scheme: ({ apiKey }) =>
    secretJwt({
      header: 'authorization',
      algorithms: ['HS256'],
      issuer: requiredOption(apiKey, 'apiKey', 'the key that the webhook is signed with (LIVEKIT_API_KEY)'),
      required: ['exp'],
      skew: 10,
      bodyHash: { claim: 'sha256', encoding: 'base64' },
      claims: ['nbf'],
      sends: ({ now }) => ({ nbf: Math.floor(now / 1000) }),
    }),
  timestamp: { field: 'nbf', unit: 's', tolerance: { past: 300, future: 10 } },
  id: { payload: 'id' },
  type: { payload: 'event' },
});
