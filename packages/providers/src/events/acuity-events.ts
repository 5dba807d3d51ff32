// Names: https://developers.acuityscheduling.com/docs/webhooks. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface AcuityEvents {
  scheduled: unknown;
  rescheduled: unknown;
  canceled: unknown;
  changed: unknown;
  'order.completed': unknown;
}
