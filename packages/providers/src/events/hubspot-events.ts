// Fields: https://developers.hubspot.com/docs/guides/api/app-management/webhooks. Read 2026-11-22.

/** One event of a delivery. Times are Unix ms. */
export interface HubspotEvent {
  /** Not unique by itself: take `subscriptionId` with it. */
  eventId: number;
  subscriptionId?: number;
  subscriptionType: string;
  portalId?: number;
  appId?: number;
  occurredAt?: number;
  attemptNumber?: number;
  objectId?: number;
  [field: string]: unknown;
}

/** HubSpot's webhooks: lists of events of several types. What a workflow or a card asks is an object of its own. */
export interface HubspotEvents {
  batch: HubspotEvent[] | Record<string, unknown>;
}
