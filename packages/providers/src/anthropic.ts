import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { AnthropicEvents } from './events/anthropic-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/anthropic-events.ts';

/**
 * Anthropic's Managed Agents: Standard Webhooks. `secret` is the webhook's signing key (`whsec_…`), from the Console.
 * Id, time and body are covered. The type is that of `data`: the outer one is always `event`.
 *
 * @see https://github.com/anthropics/anthropic-sdk-typescript
 */
export const anthropic: ProviderFactory<'secret', AnthropicEvents> = defineProvider({
  name: 'anthropic',
  docs: {
    url: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/resources/beta/webhooks.ts',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: standardV1({
    header: 'webhook-signature',
    refuse: { 'sk-ant-': 'an API key, not a signing key' },
  }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'data.type' },
});
