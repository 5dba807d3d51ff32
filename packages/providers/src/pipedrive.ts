import { basic, defineProvider, type ProviderFactory } from '@countersign/core';

/**
 * Pipedrive, by Basic authentication. `secret` is `user:password`, as given to the webhook. Both are sent in clear:
 * nothing is signed, and whoever sees one delivery can make others. The type is `event` (`updated.deal`), or in
 * webhooks v2, which have none, the action; `meta.entity` says of what. Equal bodies are one delivery.
 *
 * @see https://pipedrive.readme.io/docs/guide-for-webhooks-v2
 */
export const pipedrive: ProviderFactory<'secret'> = defineProvider({
  name: 'pipedrive',
  docs: { url: 'https://pipedrive.readme.io/docs/guide-for-webhooks-v2', read: '2026-11-22' },
  status: 'documented',
  scheme: basic(),
  type: [{ payload: 'event' }, { payload: 'meta.action' }],
});
