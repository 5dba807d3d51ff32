import { basic, defineProvider, type ProviderFactory } from '@countersign/core';

/**
 * Postmark, by Basic authentication. `secret` is `user:password`, as in the webhook's address. Both are sent in clear:
 * nothing is signed, and whoever sees one delivery can make others. Inbound messages have no `RecordType`: handle
 * `'*'`. A `MessageID` is that of the message, the same for all that happens to it; equal bodies are one delivery.
 * `PermanentError` is answered with 403, by which Postmark stops.
 *
 * @see https://postmarkapp.com/developer/webhooks/webhooks-overview
 */
export const postmark: ProviderFactory<'secret'> = defineProvider({
  name: 'postmark',
  docs: { url: 'https://postmarkapp.com/developer/webhooks/webhooks-overview', read: '2026-11-22' },
  status: 'documented',
  scheme: basic(),
  type: { payload: 'RecordType' },
  answers: { permanent: { status: 403 } },
  // Ten and a half hours, for inbound messages.
  horizon: 37_800,
  reactions: { '200': 'done', '403': 'drop' },
});
