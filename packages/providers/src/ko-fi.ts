import { defineProvider, jsonOrForm, type ProviderFactory, token } from '@countersign/core';

/**
 * Ko-fi. `secret` is the verification token of the account. It stands in the form's JSON, in clear: nothing is signed,
 * and whoever sees one delivery can make others.
 *
 * @see https://ko-fi.com/manage/webhooks
 */
export const koFi: ProviderFactory<'secret'> = defineProvider({
  name: 'ko-fi',
  docs: { url: 'https://ko-fi.com/manage/webhooks', read: '2026-11-22' },
  status: 'documented',
  // Field names are not confirmed by a page that is open to everybody.
  scheme: token({ payload: 'verification_token' }),
  timestamp: { payload: 'timestamp', unit: 'rfc3339' },
  id: { payload: 'message_id' },
  type: { payload: 'type' },
  payload: jsonOrForm('data'),
});
