import { defineProvider, hmac, jsonOrForm, type ProviderFactory } from '@countersign/core';

/**
 * Cal.com. `secret` is the text that you set on the webhook. One without a secret says `no-secret-provided` where the
 * signature stands, and is refused. Deliveries bear no id: equal bodies are one delivery. A template of your own may
 * leave out the type, and may be a form.
 *
 * @see https://cal.com/docs/developing/guides/automation/webhooks
 */
export const calCom: ProviderFactory<'secret'> = defineProvider({
  name: 'cal-com',
  docs: { url: 'https://cal.com/docs/developing/guides/automation/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-cal-signature-256',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  type: { payload: 'triggerEvent' },
  payload: jsonOrForm(),
});
