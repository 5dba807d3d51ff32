// Fields: https://www.revenuecat.com/docs/integrations/webhooks. Read 2026-11-22.

/** One event (`INITIAL_PURCHASE`), in `event`. */
export interface RevenuecatPayload {
  api_version: string;
  event: { id: string; type: string; [field: string]: unknown };
}

/** RevenueCat's webhooks. */
export type RevenuecatEvents = Record<string, RevenuecatPayload>;
