import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Heroku app and add-on webhooks. `secret` is the one given at subscription, or that Heroku made then. The
 * type is the entity (`api:release`); what became of it stands in `payload.action`. At level `notify` nothing
 * is sent twice.
 *
 * @see https://devcenter.heroku.com/articles/app-webhooks
 */
export const heroku: ProviderFactory<'secret'> = defineProvider({
  name: 'heroku',
  docs: { url: 'https://devcenter.heroku.com/articles/app-webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'heroku-webhook-hmac-sha256',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  // Unconfirmed paths: without them its content knows the delivery.
  id: { payload: 'webhook_metadata.event.id' },
  type: { payload: 'webhook_metadata.event.include' },
});
