// Fields: the list of webhook events in BigCommerce's documentation, which names scopes (`store/order/created`) and
// grows. Read 2026-11-22.

/** What changed, by its id only. */
export interface BigcommercePayload {
  scope: string;
  store_id: string;
  data: { type: string; id?: number | string; [field: string]: unknown };
  /** The same for duplicates of one event. */
  hash: string;
  /** Unix seconds. */
  created_at: number;
  producer: string;
  [field: string]: unknown;
}

/** BigCommerce's webhooks, by their scope. */
export type BigcommerceEvents = Record<string, BigcommercePayload>;
