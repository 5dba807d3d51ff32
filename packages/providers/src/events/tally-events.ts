// Names: https://tally.so/help/webhooks. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface TallyEvents {
  FORM_RESPONSE: unknown;
}
