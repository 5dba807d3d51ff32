// Names and fields: `Status` and `Prediction` of npm replicate@1.4.0. Read 2026-11-22.

/** Every status. */
export type ReplicateEventType = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';

/** A prediction or a training, as it is then. */
export interface ReplicatePayload<Type extends ReplicateEventType = ReplicateEventType> {
  id: string;
  status: Type;
  input: Record<string, unknown>;
  output?: unknown;
  error?: unknown;
  [field: string]: unknown;
}

/** Replicate's webhooks, by the status of what they are about. */
export type ReplicateEvents = { [Type in ReplicateEventType]: ReplicatePayload<Type> };
