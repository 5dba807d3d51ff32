import { defineProvider, type ProviderFactory } from '@countersign/core';
import { standardV1 } from './schemes/standard-v1.ts';

/**
 * Recall.ai: Standard Webhooks, under `svix-*` headers from workspaces made before 15 December 2025. `secret` is the
 * workspace's verification secret (`whsec_…`), or in those the endpoint's. Until a workspace has one, nothing is signed.
 * Id, time and body are covered.
 *
 * @see https://docs.recall.ai/docs/authenticating-requests-from-recallai
 */
export const recallAi: ProviderFactory<'secret'> = defineProvider({
  name: 'recall-ai',
  docs: { url: 'https://docs.recall.ai/docs/authenticating-requests-from-recallai', read: '2026-11-22' },
  status: 'documented',
  scheme: standardV1({ header: ['webhook-signature', 'svix-signature'] }),
  timestamp: { header: ['webhook-timestamp', 'svix-timestamp'], unit: 's' },
  id: { header: ['webhook-id', 'svix-id'] },
  type: { payload: 'event' },
});
