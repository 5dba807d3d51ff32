// Fields: https://developer.ordergroove.com/data/configure-webhooks (receiving event notifications), whose payloads a
// merchant may reshape. Read 2026-11-22.

/** What happened (`order.success`), and to what. */
export interface OrdergroovePayload {
  id: string;
  type: string;
  /** Unix seconds. */
  created: number;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Ordergroove's webhooks. */
export type OrdergrooveEvents = Record<string, OrdergroovePayload>;
