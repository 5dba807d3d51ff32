// Names: `WebhookEventType` of npm dodopayments@2.52.0. Read 2026-11-22.

/** Every event type. */
export type DodoPaymentsEventType =
  | `abandoned_checkout.${'detected' | 'recovered'}`
  | `credit.${'added' | 'balance_low' | 'deducted' | 'expired' | 'manual_adjustment' | 'overage_charged'}`
  | `credit.${'overage_reset' | 'rolled_over' | 'rollover_forfeited'}`
  | `dispute.${'accepted' | 'cancelled' | 'challenged' | 'expired' | 'lost' | 'opened' | 'won'}`
  | `dunning.${'recovered' | 'started'}`
  | `entitlement_grant.${'created' | 'delivered' | 'failed' | 'revoked'}`
  | 'license_key.created'
  | `payment.${'cancelled' | 'failed' | 'processing' | 'succeeded'}`
  | `payout.${'created' | 'failed' | 'in_progress' | 'on_hold' | 'success'}`
  | `refund.${'failed' | 'succeeded'}`
  | `subscription.${'active' | 'cancelled' | 'expired' | 'failed' | 'on_hold' | 'past_due' | 'paused'}`
  | `subscription.${'plan_changed' | 'renewed' | 'unpaused' | 'update_payment_method' | 'updated'}`;

/** An event, and what it is about. */
export interface DodoPaymentsPayload<Type extends DodoPaymentsEventType = DodoPaymentsEventType> {
  type: Type;
  business_id: string;
  /** ISO 8601. */
  timestamp: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Dodo Payments' webhooks. */
export type DodoPaymentsEvents = { [Type in DodoPaymentsEventType]: DodoPaymentsPayload<Type> };
