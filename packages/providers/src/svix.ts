import { defineProvider, type ProviderFactory } from '@countersign/core';
import { standardSchemes } from './schemes/standard-schemes.ts';

/**
 * Svix, and the many services that send through it: Standard Webhooks under `svix-*` headers, or `webhook-*` where
 * the sender has its own brand.
 *
 * @see https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export const svix: ProviderFactory<'secret' | 'publicKey'> = defineProvider({
  name: 'svix',
  docs: { url: 'https://docs.svix.com/receiving/verifying-payloads/how-manual', read: '2026-11-22' },
  status: 'proven',
  scheme: standardSchemes(['svix-signature', 'webhook-signature']),
  timestamp: { header: ['svix-timestamp', 'webhook-timestamp'], unit: 's' },
  id: { header: ['svix-id', 'webhook-id'] },
  type: [{ payload: 'type' }, { payload: 'event_type' }],
  deadline: 15,
  // Eight attempts over 27 h 35 min.
  horizon: 99_300,
});
