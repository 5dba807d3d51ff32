// Names: `WebhookEvent` of npm resend@6.38.0. Read 2026-11-22.

/** Every event type. */
export type ResendEventType =
  | `contact.${'created' | 'deleted' | 'updated'}`
  | 'contact.topics.updated'
  | `domain.${'created' | 'deleted' | 'updated'}`
  | `email.${'bounced' | 'clicked' | 'complained' | 'delivered' | 'delivery_delayed' | 'failed'}`
  | `email.${'opened' | 'received' | 'scheduled' | 'sent' | 'suppressed'}`
  | `inbox.${'created' | 'deleted' | 'updated'}`
  | `inbox.draft.${'created' | 'deleted' | 'sent' | 'updated'}`
  | `inbox.email.${'received' | 'sent'}`
  | `inbox.thread.${'assigned' | 'created' | 'unassigned'}`
  | 'inbox.thread.folder.updated'
  | 'inbox.thread.labels.updated'
  | `suppression.${'added' | 'removed'}`
  | `topic.${'created' | 'deleted' | 'updated'}`;

/** An event, and what it is about. */
export interface ResendPayload<Type extends ResendEventType = ResendEventType> {
  type: Type;
  /** ISO 8601. */
  created_at: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Resend's webhooks. */
export type ResendEvents = { [Type in ResendEventType]: ResendPayload<Type> };
