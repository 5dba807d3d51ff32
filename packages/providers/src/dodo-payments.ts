import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { DodoPaymentsEvents } from './events/dodo-payments-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/dodo-payments-events.ts';

/**
 * Dodo Payments: Standard Webhooks. `secret` is the endpoint's signing secret, on its page in the dashboard.
 * Id, time and body are covered.
 *
 * @see https://docs.dodopayments.com/developer-resources/webhooks
 */
export const dodoPayments: ProviderFactory<'secret', DodoPaymentsEvents> = defineProvider({
  name: 'dodo-payments',
  docs: {
    url: 'https://github.com/dodopayments/dodopayments-typescript/blob/main/src/resources/webhooks/webhooks.ts',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: standardV1({ header: 'webhook-signature' }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'type' },
});
