import { defineProvider, type ProviderFactory } from '@countersign/core';
import { payloadAnywhere, payloadText } from './schemes/payload-text.ts';

/**
 * Forgejo, content type JSON or form, POST or GET. `secret` is the text that you set on the webhook; one without a secret
 * sends an empty signature, and is refused. The SHA-1 and GitHub-style headers beside it are never looked at. Id and
 * type stand in headers that are not covered; see `replayGuard`. A delivery that is repeated by hand has a new id.
 * An old one that sends Gitea's headers alone is `gitea`.
 *
 * @see https://forgejo.org/docs/latest/user/webhooks/
 */
export const forgejo: ProviderFactory<'secret'> = defineProvider({
  name: 'forgejo',
  docs: { url: 'https://forgejo.org/docs/latest/user/webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: payloadText('x-forgejo-signature'),
  id: { header: 'x-forgejo-delivery' },
  type: { header: 'x-forgejo-event' },
  payload: payloadAnywhere,
  methods: ['POST', 'GET'],
});
