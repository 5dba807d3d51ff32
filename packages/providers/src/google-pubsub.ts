import { defineProvider, misconfigured, type ProviderFactory } from '@countersign/core';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { googleIdToken } from './schemes/google-id-token.ts';
import { requiredOption } from './schemes/required-option.ts';

/** Options of {@link googlePubsub}. */
export interface GooglePubsubOptions extends FetchOption {
  /** The audience of the push subscription: what was set there, or else the push endpoint's URL. */
  readonly audience: string | readonly string[] | undefined;
  /** The service account that the push subscription authenticates as. */
  readonly email: string | undefined;
}

/**
 * Google Cloud Pub/Sub push with authentication, and what comes by it: Google Play notifications, Gmail watches,
 * Cloud Storage. The token proves who sent, and covers nothing of the body: who sees one can send anything for an hour.
 * `payload.message.data` is base64. The id is `message.messageId`; there are no types. Answer 2xx, or it comes again.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without `audience` and `email`: any Google account can get a token
 * @see https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export const googlePubsub: ProviderFactory<
  never,
  Record<string, unknown>,
  GooglePubsubOptions
> = defineProvider<never, Record<string, unknown>, GooglePubsubOptions>({
  name: 'google-pubsub',
  docs: { url: 'https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions', read: '2026-11-22' },
  status: 'proven',
  scheme({ audience, email, fetch }) {
    if (audience === undefined || audience.length === 0) {
      throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', 'audience is missing: that of the push subscription');
    }
    const account = requiredOption(email, 'email', 'the service account of the push subscription');
    return googleIdToken({ audience, email: account, fetch });
  },
  timestamp: { field: 'iat', unit: 's', tolerance: { past: 3600, future: 300 } },
  id: { payload: 'message.messageId' },
  type: { constant: 'message' },
});
