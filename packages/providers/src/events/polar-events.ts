// Names: the webhook payloads of npm @polar-sh/sdk@1.0.1 (all API versions). Read 2026-11-22.

/** Every event type. */
export type PolarEventType =
  | `benefit.${'created' | 'updated'}`
  | `benefit_grant.${'created' | 'cycled' | 'revoked' | 'updated'}`
  | `checkout.${'created' | 'expired' | 'updated'}`
  | `customer.${'created' | 'deleted' | 'state_changed' | 'updated'}`
  | `customer_seat.${'assigned' | 'claimed' | 'revoked'}`
  | `member.${'created' | 'deleted' | 'updated'}`
  | `order.${'created' | 'paid' | 'refunded' | 'updated'}`
  | 'organization.updated'
  | `product.${'created' | 'updated'}`
  | `refund.${'created' | 'updated'}`
  | `subscription.${'active' | 'canceled' | 'created' | 'cycled' | 'migrated' | 'past_due' | 'paused'}`
  | `subscription.${'resumed' | 'revoked' | 'uncanceled' | 'updated'}`;

/** An event, and what it is about. */
export interface PolarPayload<Type extends PolarEventType = PolarEventType> {
  type: Type;
  /** ISO 8601. */
  timestamp: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Polar's webhooks. */
export type PolarEvents = { [Type in PolarEventType]: PolarPayload<Type> };
