import { defineProvider, type ProviderFactory, token } from '@countersign/core';
import type { FigmaEvents } from './events/figma-events.ts';

export type * from './events/figma-events.ts';

/**
 * Figma. `secret` is the passcode you gave the webhook. It stands in the body, in clear: nothing is signed, and whoever
 * sees one delivery can make others; ask the API before you believe what a delivery says. Equal bodies are one delivery.
 *
 * @see https://www.figma.com/developers/api#webhooks_v2
 */
export const figma: ProviderFactory<'secret', FigmaEvents> = defineProvider({
  name: 'figma',
  docs: { url: 'https://www.figma.com/developers/api#webhooks_v2', read: '2026-11-22' },
  status: 'documented',
  scheme: token({
    payload: 'passcode',
    secret: {
      encoding: 'utf8',
      refuse: { figd_: 'a personal access token, not the passcode of the webhook' },
    },
  }),
  timestamp: { payload: 'timestamp', unit: 'rfc3339' },
  type: { payload: 'event_type' },
});
