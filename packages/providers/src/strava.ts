import {
  defineProvider,
  jsonResponse,
  type OpenEvents,
  type ProviderFactory,
  queryEcho,
  token,
} from '@countersign/core';

/** `verifyToken`: the `verify_token` of the subscription; without it none can be confirmed here. */
export interface StravaOptions {
  readonly verifyToken?: string | undefined;
}

/**
 * Strava. It signs nothing and sends no token, so put one into the callback URL yourself,
 * `https://example.com/strava?secret=…`, and give it here as `secret`. Whoever sees one delivery can make others; ask
 * the API before you believe what a delivery says. Answers the GET of a new subscription, so mount it for GET and POST.
 *
 * @see https://developers.strava.com/docs/webhooks/
 */
export const strava: ProviderFactory<'secret', OpenEvents, StravaOptions> = defineProvider({
  name: 'strava',
  docs: { url: 'https://developers.strava.com/docs/webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: token({ query: 'secret' }),
  type: { payload: 'aspect_type' },
  handshakes: ({ verifyToken }: StravaOptions) =>
    verifyToken === undefined
      ? []
      : [
          queryEcho({
            name: 'subscribe',
            when: { 'hub.mode': 'subscribe' },
            token: { parameter: 'hub.verify_token', equals: verifyToken },
            challenge: 'hub.challenge',
            respond: (challenge) => jsonResponse({ 'hub.challenge': challenge }),
          }),
        ],
});
