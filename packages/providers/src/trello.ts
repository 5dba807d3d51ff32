import {
  defineProvider,
  hmac,
  type OpenEvents,
  type ProviderFactory,
  type PublicUrl,
  presenceCheck,
} from '@countersign/core';

/** `publicUrl`: the `callbackURL` of the webhook, letter for letter. Trello signs it with the body. */
export interface TrelloOptions {
  readonly publicUrl: PublicUrl;
}

/**
 * Trello. `secret` is the secret of the Power-Up (application) whose key made the webhook, not a token. A webhook is
 * made only where a HEAD of its address is answered with 200, so mount it for HEAD and POST. There is no timestamp.
 *
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/
 */
export const trello: ProviderFactory<'secret', OpenEvents, TrelloOptions> = defineProvider({
  name: 'trello',
  docs: { url: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-trello-webhook',
    hash: 'sha1',
    encoding: 'base64',
    content: ['body', 'url'],
    secret: { encoding: 'utf8', refuse: { ATTA: 'an API token, not the secret of the Power-Up' } },
  }),
  id: { payload: 'action.id' },
  type: { payload: 'action.type' },
  handshakes: [presenceCheck('HEAD')],
});
