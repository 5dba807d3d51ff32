// Names and fields: PagerDuty/developer-docs: docs/webhooks/01-Overview.md. Read 2026-11-22.

/** Every event type. */
export type PagerdutyEventType =
  | `incident.${'acknowledged' | 'annotated' | 'delegated' | 'escalated' | 'priority_updated'}`
  | `incident.${'reassigned' | 'reopened' | 'resolved' | 'status_update_published' | 'triggered'}`
  | 'incident.unacknowledged'
  | `incident.responder.${'added' | 'replied'}`
  | `service.${'created' | 'deleted' | 'updated'}`;

/** One event, in `event`. */
export interface PagerdutyPayload<Type extends PagerdutyEventType = PagerdutyEventType> {
  event: PagerdutyEvent<Type>;
}

/** What happened, and to what. */
export interface PagerdutyEvent<Type extends PagerdutyEventType = PagerdutyEventType> {
  id: string;
  event_type: Type;
  resource_type: string;
  /** ISO 8601. */
  occurred_at: string;
  agent: Record<string, unknown> | null;
  client: Record<string, unknown> | null;
  data: Record<string, unknown>;
}

/** PagerDuty's webhooks. Early-access types come under `'*'`. */
export type PagerdutyEvents = { [Type in PagerdutyEventType]: PagerdutyPayload<Type> };
