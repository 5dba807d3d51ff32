// Fields: https://developer.okta.com/docs/concepts/event-hooks/. Read 2026-11-22.

/** A delivery, which may hold several events of the system log. */
export interface OktaPayload {
  eventId: string;
  eventTime?: string;
  data: { events: { uuid: string; eventType: string; [field: string]: unknown }[]; [field: string]: unknown };
  [field: string]: unknown;
}

/** Okta's event hooks, by the `eventType` of the delivery, which is the same for all of them. */
export interface OktaEvents {
  'com.okta.event_hook': OktaPayload;
}
