// Fields: https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/. Read 2026-11-22.

/** One event of a delivery: of a message (`event`), or of the deny list and the allow list (`type`, `action`). */
export interface MandrillEvent {
  event?: string;
  _id?: string;
  /** Unix seconds. */
  ts?: number;
  msg?: Record<string, unknown>;
  [field: string]: unknown;
}

/** Mandrill's webhooks: lists of events of several types. */
export interface MandrillEvents {
  batch: MandrillEvent[];
}
