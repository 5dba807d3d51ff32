// Names: docs.sendgrid.com "Event Webhook reference", and the vectors of npm @sendgrid/eventwebhook@8.0.0.

/** The `event` of each element: deliveries and engagements. */
export type SendgridEventType =
  | 'processed'
  | 'deferred'
  | 'delivered'
  | 'dropped'
  | 'bounce'
  | 'open'
  | 'click'
  | 'spamreport'
  | 'unsubscribe'
  | 'group_unsubscribe'
  | 'group_resubscribe';

/** One element of a delivery. */
export interface SendgridEvent {
  readonly event: SendgridEventType | (string & {});
  readonly email: string;
  /** Unix seconds. */
  readonly timestamp: number;
  /** The same whenever this event is sent again: what to deduplicate by. */
  readonly sg_event_id: string;
  readonly [field: string]: unknown;
}

/** What it sends, by type: a list, under one. */
export interface SendgridEvents {
  events: readonly SendgridEvent[];
}
