import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import { proving } from './schemes/proving.ts';

const EVENT = 'x-discourse-event';

/**
 * Discourse. `secret` is the text that you set on the webhook; without one nothing is signed. The type
 * (`topic_created`) stands in a header that the signature does not cover. Every retry has an event id of its own, so
 * equal bodies of one type are one delivery. Never answer 404 or 410: they switch the webhook off.
 *
 * @see https://github.com/discourse/discourse/blob/main/app/jobs/regular/emit_web_hook_event.rb
 */
export const discourse: ProviderFactory<'secret'> = defineProvider({
  name: 'discourse',
  docs: {
    url: 'https://github.com/discourse/discourse/blob/main/app/jobs/regular/emit_web_hook_event.rb',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: proving(
    hmac({
      header: 'x-discourse-event-signature',
      prefix: 'sha256=',
      hash: 'sha256',
      encoding: 'hex',
      content: ['body'],
    }),
    ({ request, body }) => ({ content: [`${request.headers.get(EVENT) ?? ''}\n`, body] }),
  ),
  type: { header: EVENT },
  deadline: 20,
  // After 1, 5, 25 and 125 minutes, where the site is set to retry.
  horizon: 9360,
  reactions: {
    '2xx': 'done',
    '4xx': 'retry',
    '404': 'disable',
    '410': 'disable',
    '5xx': 'retry',
    timeout: 'retry',
  },
});
