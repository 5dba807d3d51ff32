import { defineProvider, type ProviderFactory, token } from '@countersign/core';

/**
 * Hugging Face. `secret` is the secret of the webhook. It is sent in clear: nothing is signed, and whoever sees one
 * delivery can make others. The type is the scope of the event; its action stands in `event.action`.
 *
 * @see https://huggingface.co/docs/hub/webhooks
 */
export const huggingFace: ProviderFactory<'secret'> = defineProvider({
  name: 'hugging-face',
  docs: { url: 'https://huggingface.co/docs/hub/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: token({
    header: 'x-webhook-secret',
    secret: { encoding: 'utf8', refuse: { hf_: 'an access token, not the secret of the webhook' } },
  }),
  type: { payload: 'event.scope' },
});
