// Names: https://docs.cursor.com/en/background-agent/api/webhooks. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface CursorEvents {
  statusChange: unknown;
}
