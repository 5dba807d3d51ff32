import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Pusher Channels. `secret` is that of the app key which `X-Pusher-Key` names. Apps that share an endpoint:
 * give all of their secrets, or choose by that header. A delivery is a batch without an id or a type: handle
 * it under `'*'`.
 *
 * @see https://pusher.com/docs/channels/server_api/webhooks
 * @example
 * ```ts
 * const secrets = new Map([['app-key', process.env.PUSHER_SECRET ?? '']]);
 * const provider = pusher({ secret: ({ headers }) => secrets.get(headers.get('x-pusher-key') ?? '') });
 * ```
 */
export const pusher: ProviderFactory<'secret'> = defineProvider({
  name: 'pusher',
  docs: { url: 'https://pusher.com/docs/channels/server_api/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-pusher-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
});
