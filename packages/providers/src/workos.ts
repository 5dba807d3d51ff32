import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { WorkosEvents } from './events/workos-events.ts';

export type * from './events/workos-events.ts';

/**
 * WorkOS. `secret` is the endpoint's signing secret, on its page in the dashboard; its text is the key, whole.
 * Time and body are covered. Actions, which wait for a signed answer, are `workosActions`.
 *
 * @see https://workos.com/docs/events/data-syncing/webhooks
 */
export const workos: ProviderFactory<'secret', WorkosEvents> = defineProvider({
  name: 'workos',
  docs: { url: 'https://workos.com/docs/events/data-syncing/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'workos-signature',
    pairs: { separator: ', ', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
    secret: {
      encoding: 'utf8',
      refuse: { sk_: 'an API key, not a signing secret', client_: 'a client id, not a signing secret' },
    },
  }),
  timestamp: { field: 't', unit: 'ms', tolerance: { past: 180, future: 180 } },
  id: { payload: 'id' },
  type: { payload: 'event' },
});
