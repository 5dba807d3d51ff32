import { basic, defineProvider, type ProviderFactory } from '@countersign/core';

/**
 * Bandwidth: voice and messaging callbacks, by Basic authentication. `secret` is `user:password`, as given to the
 * application. Both are sent in clear: nothing is signed, and whoever sees one delivery can make others. A voice
 * callback has its `eventType` for a type; messaging sends lists, whose items have one each: `batch`, run one by one.
 * Equal bodies are one delivery.
 *
 * @see https://dev.bandwidth.com/docs/messaging/webhooks/
 */
export const bandwidth: ProviderFactory<'secret'> = defineProvider({
  name: 'bandwidth',
  docs: { url: 'https://dev.bandwidth.com/docs/messaging/webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: basic(),
  // Credentials come only when they are asked for.
  answers: { refused: { status: 401, headers: { 'www-authenticate': 'Basic realm="webhooks"' } } },
  type: [{ payload: 'eventType' }, { constant: 'batch' }],
});
