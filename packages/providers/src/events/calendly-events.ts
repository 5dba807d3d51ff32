// Fields: the webhook payload of Calendly's API (https://developer.calendly.com). Read 2026-11-22.

/** What happened (`invitee.created`), and to what. */
export interface CalendlyPayload {
  event: string;
  /** ISO 8601. */
  created_at: string;
  /** The user who subscribed. */
  created_by: string;
  payload: Record<string, unknown>;
  [field: string]: unknown;
}

/** Calendly's webhooks. */
export type CalendlyEvents = Record<string, CalendlyPayload>;
