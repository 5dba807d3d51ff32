import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { OpenaiEvents } from './events/openai-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/openai-events.ts';

/**
 * OpenAI: Standard Webhooks. `secret` is the webhook's signing secret (`whsec_…`), shown once when it is made.
 * Id, time and body are covered. The id is the delivery's (`wh_…`); the event has one of its own in the body.
 *
 * @see https://developers.openai.com/api/docs/guides/webhooks
 */
export const openai: ProviderFactory<'secret', OpenaiEvents> = defineProvider({
  name: 'openai',
  docs: {
    url: 'https://github.com/openai/openai-node/blob/master/src/resources/webhooks/webhooks.ts',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: standardV1({
    header: 'webhook-signature',
    // A secret without its prefix is text and not base64 to OpenAI; the dashboard shows none.
    secret: { encoding: 'base64', prefix: 'whsec_', refuse: { 'sk-': 'an API key, not a signing secret' } },
  }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'type' },
});
