// Fields: https://docs.whereby.com/reference/webhooks. Read 2026-11-22.

/** What happened (`room.client.joined`), and to what. */
export interface WherebyPayload {
  id: string;
  type: string;
  /** ISO 8601. */
  createdAt: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Whereby's webhooks. */
export type WherebyEvents = Record<string, WherebyPayload>;
