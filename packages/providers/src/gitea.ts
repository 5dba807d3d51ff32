import { defineProvider, type ProviderFactory } from '@countersign/core';
import { payloadAnywhere, payloadText } from './schemes/payload-text.ts';

/**
 * Gitea, content type JSON or form, POST or GET. `secret` is the text that you set on the webhook; one without a secret
 * sends an empty signature, and is refused. The SHA-1 and GitHub-style headers beside it are never looked at. Id and
 * type stand in headers that are not covered; see `replayGuard`. A delivery that is repeated by hand has a new id.
 * Forgejo sends these headers too, and its own: `forgejo`.
 *
 * @see https://docs.gitea.com/usage/webhooks
 */
export const gitea: ProviderFactory<'secret'> = defineProvider({
  name: 'gitea',
  docs: { url: 'https://docs.gitea.com/usage/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: payloadText('x-gitea-signature'),
  id: { header: 'x-gitea-delivery' },
  type: { header: 'x-gitea-event' },
  payload: payloadAnywhere,
  methods: ['POST', 'GET'],
});
