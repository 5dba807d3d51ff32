// Names: `EventName` of npm @paddle/paddle-node-sdk@3.10.0. Read 2026-11-22.

/** Every event type. */
export type PaddleEventType =
  | `address.${'created' | 'imported' | 'updated'}`
  | `adjustment.${'created' | 'updated'}`
  | `api_key.${'created' | 'expired' | 'expiring' | 'revoked' | 'updated'}`
  | 'api_key_exposure.created'
  | `business.${'created' | 'imported' | 'updated'}`
  | `client_token.${'created' | 'revoked' | 'updated'}`
  | `customer.${'created' | 'imported' | 'updated'}`
  | `discount.${'created' | 'imported' | 'updated'}`
  | `discount_group.${'created' | 'updated'}`
  | `payment_method.${'deleted' | 'saved'}`
  | `payout.${'created' | 'paid'}`
  | `price.${'created' | 'imported' | 'updated'}`
  | `product.${'created' | 'imported' | 'updated'}`
  | `report.${'created' | 'updated'}`
  | `subscription.${'activated' | 'canceled' | 'created' | 'imported' | 'past_due' | 'paused'}`
  | `subscription.${'resumed' | 'trialing' | 'updated'}`
  | `transaction.${'billed' | 'canceled' | 'completed' | 'created' | 'paid' | 'past_due'}`
  | `transaction.${'payment_failed' | 'ready' | 'revised' | 'updated'}`;

/** An event, and what it is about. */
export interface PaddlePayload<Type extends PaddleEventType = PaddleEventType> {
  event_id: string;
  event_type: Type;
  /** RFC 3339. */
  occurred_at: string;
  notification_id: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Paddle's notifications. */
export type PaddleEvents = { [Type in PaddleEventType]: PaddlePayload<Type> };
