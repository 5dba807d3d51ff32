import { defineProvider, hmac, jsonOrForm, type ProviderFactory } from '@countersign/core';
import type { GithubEvents } from './events/github-events.ts';

export type * from './events/github-events.ts';

/**
 * GitHub, content type JSON or form. The old SHA-1 header is never looked at. The delivery id and the event name
 * stand in headers that the signature does not cover; see `replayGuard`. GitHub does not retry by itself.
 *
 * @see https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export const github: ProviderFactory<'secret', GithubEvents> = defineProvider({
  name: 'github',
  docs: {
    url: 'https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: hmac({
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: {
        ghp_: 'an access token',
        gho_: 'an access token',
        ghs_: 'an access token',
        github_pat_: 'an access token',
        'sha256=': 'a signature',
      },
    },
  }),
  id: { header: 'x-github-delivery' },
  type: { header: 'x-github-event' },
  payload: jsonOrForm('payload'),
  limit: 25 * 1024 * 1024,
  deadline: 10,
  horizon: 0,
});
