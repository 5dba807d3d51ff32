import { defineProvider, headerEcho, jsonResponse, type ProviderFactory, token } from '@countersign/core';
import type { OktaEvents } from './events/okta-events.ts';
import { ownHeader } from './schemes/own-header.ts';

export type * from './events/okta-events.ts';

/** `header`: the authentication field of the hook. Default: `authorization`. */
export interface OktaOptions {
  readonly header?: string | undefined;
}

/**
 * Okta event hooks. `secret` is the authentication secret of the hook, the whole value of its header. It is sent in
 * clear: nothing is signed, and whoever sees one delivery can make others. A delivery may hold several events, in
 * `data.events`: run them one by one (`ctx.once`, by `uuid`). Answers the one-time challenge by GET, so mount it for
 * GET and POST.
 *
 * @see https://developer.okta.com/docs/concepts/event-hooks/
 */
export const okta: ProviderFactory<'secret', OktaEvents, OktaOptions> = defineProvider({
  name: 'okta',
  docs: { url: 'https://developer.okta.com/docs/concepts/event-hooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: ({ header = 'authorization' }: OktaOptions) =>
    token({ header: ownHeader(header, 'header, the authentication field of the hook,') }),
  id: { payload: 'eventId' },
  type: { payload: 'eventType' },
  handshakes: [
    headerEcho({
      name: 'verification challenge',
      method: 'GET',
      header: 'x-okta-verification-challenge',
      respond: (verification) => jsonResponse({ verification }),
    }),
  ],
  deadline: 3,
});
