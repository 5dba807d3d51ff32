import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Supabase Auth hooks. `secret` is the hook's, as the dashboard shows it (`v1,whsec_…`, several with `|` between), or
 * without its marks. Id, time and body are covered, but the id is new on every attempt and so is no event's id: every
 * attempt reaches the handler. It is a call, whose answer is data: return `reply({ body })`.
 * Database webhooks of Supabase are not signed and have no place here.
 *
 * @see https://supabase.com/docs/guides/auth/auth-hooks
 */
export const supabase: ProviderFactory<'secret'> = defineProvider({
  name: 'supabase',
  docs: {
    url: 'https://github.com/supabase/auth/blob/master/internal/hooks/hookshttp/hookshttp.go',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'webhook-signature',
    labels: { separator: ', ', label: 'v1' },
    hash: 'sha256',
    encoding: 'base64',
    // By its header: an id that is none of the event's must not become its key.
    content: [{ header: 'webhook-id' }, { text: '.' }, 'timestamp', { text: '.' }, 'body'],
    secret: {
      encoding: 'base64',
      separator: '|',
      read: (text) => text.replace(/^(?:v1,)?whsec_/, ''),
      refuse: { eyJ: 'an API key or token', sb_: 'an API key, not the secret of a hook' },
    },
  }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  // Only hooks about a new user name themselves: `before-user-created`.
  type: { payload: 'metadata.name' },
  acknowledge: { status: 204 },
  deadline: 5,
  // Three tries within the five seconds of one call.
  horizon: 5,
  reactions: { '2xx': 'done', '4xx': 'drop', '429': 'retry', '5xx': 'drop', '503': 'retry', timeout: 'drop' },
});
