// Names: buildkite/docs: pages/apis/webhooks/pipelines.md and its tables. Read 2026-11-22.

/** Every event type. */
export type BuildkiteEventType =
  | 'ping'
  | `build.${'scheduled' | 'running' | 'failing' | 'finished' | 'skipped'}`
  | `job.${'scheduled' | 'started' | 'finished' | 'activated'}`
  | `agent.${'connected' | 'disconnected' | 'lost' | 'stopping' | 'stopped' | 'blocked'}`
  | 'cluster_token.registration_blocked';

/** What every payload has. */
export interface BuildkitePayload<Type extends BuildkiteEventType = BuildkiteEventType> {
  event: Type;
  sender?: Record<string, unknown>;
  [field: string]: unknown;
}

/** Buildkite's webhooks. Later types come under `'*'`. */
export type BuildkiteEvents = { [Type in BuildkiteEventType]: BuildkitePayload<Type> };
