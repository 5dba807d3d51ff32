import {
  defineProvider,
  emptyResponse,
  hmac,
  type ProviderFactory,
  payloadHandshake,
} from '@countersign/core';
import type { TerraformEvents } from './events/terraform-events.ts';

export type * from './events/terraform-events.ts';

const TRIGGER = 'notifications.0.trigger';

/** Sent when a notification is switched on, and must be answered with 200 before it is. */
const verification = payloadHandshake('verification', TRIGGER, 'verification', () => emptyResponse(200));

/**
 * HCP Terraform and Terraform Enterprise, generic notifications. `secret` is the token of the notification
 * configuration; without one nothing is signed. The type is the trigger of the first of
 * `payload.notifications`. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations
 */
export const terraform: ProviderFactory<'secret', TerraformEvents> = defineProvider({
  name: 'terraform',
  docs: {
    url: 'https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-tfe-notification-signature',
    hash: 'sha512',
    encoding: 'hex',
    content: ['body'],
  }),
  type: { payload: TRIGGER },
  handshakes: [verification],
});
