import { basic, defineProvider, jsonOrForm, type ProviderFactory } from '@countersign/core';

/**
 * Freshdesk, webhooks of automation rules, by Basic authentication. `secret` is `user:password`, as given to the rule.
 * Both are sent in clear: nothing is signed, and whoever sees one delivery can make others. What is sent is yours to
 * choose, so there is no type (handle `'*'`), and equal bodies are one delivery.
 *
 * @see https://support.freshdesk.com/support/solutions/articles/132589-using-webhooks-in-automation-rules-that-run-on-ticket-updates
 */
export const freshdesk: ProviderFactory<'secret'> = defineProvider({
  name: 'freshdesk',
  docs: {
    url: 'https://support.freshdesk.com/support/solutions/articles/132589-using-webhooks-in-automation-rules-that-run-on-ticket-updates',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: basic(),
  payload: jsonOrForm(),
});
