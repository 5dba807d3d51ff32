import { defineProvider, hmac, type ProviderFactory, queryEcho } from '@countersign/core';
import type { MetaEvents } from './events/meta-events.ts';

export type * from './events/meta-events.ts';

/** `verifyToken`: the text you typed beside the callback URL; without it the subscription cannot be confirmed here. */
export interface MetaOptions {
  readonly verifyToken?: string | undefined;
}

/**
 * Meta: WhatsApp, Messenger, Instagram, Pages. `secret` is the app secret. Answers the `hub.challenge` GET, so mount
 * it for GET and POST. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export const meta: ProviderFactory<'secret', MetaEvents, MetaOptions> = defineProvider({
  name: 'meta',
  docs: {
    url: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  type: { payload: 'object' },
  handshakes: ({ verifyToken }: MetaOptions) =>
    verifyToken === undefined
      ? []
      : [
          queryEcho({
            name: 'subscribe',
            when: { 'hub.mode': 'subscribe' },
            token: { parameter: 'hub.verify_token', equals: verifyToken },
            challenge: 'hub.challenge',
          }),
        ],
  // WhatsApp: up to seven days.
  horizon: 604_800,
});
