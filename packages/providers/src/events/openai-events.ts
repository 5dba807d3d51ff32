// Names: `UnwrapWebhookEvent` of npm openai@7.57.0. Read 2026-11-22.

/** Every event type. */
export type OpenaiEventType =
  | `agent.environment.${'expired' | 'failed' | 'ready' | 'suspended'}`
  | `agent.session.${'action_required' | 'created' | 'failed' | 'idle' | 'in_progress'}`
  | `batch.${'cancelled' | 'completed' | 'expired' | 'failed'}`
  | `eval.run.${'canceled' | 'failed' | 'succeeded'}`
  | `fine_tuning.job.${'cancelled' | 'failed' | 'succeeded'}`
  | 'live.call.incoming'
  | `live.transport.${'connected' | 'incoming'}`
  | 'realtime.call.incoming'
  | `response.${'cancelled' | 'completed' | 'failed' | 'incomplete'}`
  | 'safety.alert.created'
  | `safety.${'deactivation_issued' | 'warning_issued'}`
  | 'safety.org_alert.created';

/** An event, and what it is about. */
export interface OpenaiPayload<Type extends OpenaiEventType = OpenaiEventType> {
  /** The event's own (`evt_…`), not the delivery's. */
  id: string;
  type: Type;
  /** Unix seconds. */
  created_at: number;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** OpenAI's webhooks. */
export type OpenaiEvents = { [Type in OpenaiEventType]: OpenaiPayload<Type> };
