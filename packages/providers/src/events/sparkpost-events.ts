// Fields: https://developers.sparkpost.com/api/webhooks/. Read 2026-11-22.

/** One event of a delivery, under the name of its class (`message_event`, `track_event`). */
export interface SparkpostItem {
  msys: Record<string, Record<string, unknown>>;
}

/** SparkPost's webhooks: lists of events of several types. */
export interface SparkpostEvents {
  batch: SparkpostItem[];
}
