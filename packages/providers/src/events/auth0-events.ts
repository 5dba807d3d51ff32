// Fields: https://auth0.com/docs/customize/log-streams/custom-log-streams. Read 2026-11-22.

/** One log of a delivery. */
export interface Auth0Log {
  log_id?: string;
  data?: Record<string, unknown>;
  [field: string]: unknown;
}

/** Auth0's log streams: lists of logs. */
export interface Auth0Events {
  batch: Auth0Log[];
}
