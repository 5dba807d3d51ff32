import { defineProvider, hmac, type ProviderFactory, token } from '@countersign/core';
import type { BuildkiteEvents } from './events/buildkite-events.ts';

export type * from './events/buildkite-events.ts';

/**
 * Buildkite. The webhook's token goes into `secret` if it is set to send a signature (time and body are covered), and
 * into `token` if it is set to send the token in clear, which covers nothing. With both configured, a delivery that
 * bears a signature stands or falls by it. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://buildkite.com/docs/apis/webhooks/pipelines
 */
export const buildkite: ProviderFactory<'secret' | 'token', BuildkiteEvents> = defineProvider({
  name: 'buildkite',
  docs: { url: 'https://buildkite.com/docs/apis/webhooks/pipelines', read: '2026-11-22' },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: [
    hmac({
      header: 'x-buildkite-signature',
      pairs: { separator: ',', signature: 'signature', fields: ['timestamp'] },
      hash: 'sha256',
      encoding: 'hex',
      content: ['timestamp', { text: '.' }, 'body'],
      secret: { encoding: 'utf8', refuse: { bkua_: "an API access token, not the webhook's token" } },
    }),
    { ...token({ header: 'x-buildkite-token' }), option: 'token' as const },
  ],
  timestamp: { field: 'timestamp', unit: 's' },
  type: [{ payload: 'event' }, { header: 'x-buildkite-event' }],
});
