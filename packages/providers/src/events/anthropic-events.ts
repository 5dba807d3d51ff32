// Names: `BetaWebhookEventData` of npm @anthropic-ai/sdk@1.12.0. Read 2026-11-22.

/** Every event type. */
export type AnthropicEventType =
  | `agent.${'archived' | 'created' | 'deleted' | 'updated'}`
  | `deployment.${'archived' | 'created' | 'deleted' | 'paused' | 'unpaused' | 'updated'}`
  | `deployment_run.${'failed' | 'started' | 'succeeded'}`
  | `environment.${'archived' | 'created' | 'deleted' | 'updated'}`
  | `external_key.${'failed' | 'recovered'}`
  | `memory_store.${'archived' | 'created' | 'deleted'}`
  | `session.${'archived' | 'budget_reached' | 'created' | 'deleted' | 'idled'}`
  | `session.${'outcome_evaluation_ended' | 'pending' | 'requires_action' | 'running' | 'status_idled'}`
  | `session.${'status_rescheduled' | 'status_run_started' | 'status_terminated' | 'thread_created'}`
  | `session.${'thread_idled' | 'thread_terminated' | 'updated'}`
  | `user_profile.${'enforcement_action_opened' | 'enforcement_action_resolved'}`
  | 'user_profile.program_status_updated'
  | `vault.${'archived' | 'created' | 'deleted'}`
  | `vault_credential.${'archived' | 'created' | 'deleted' | 'refresh_failed'}`;

/** An event, and what it is about. */
export interface AnthropicPayload<Type extends AnthropicEventType = AnthropicEventType> {
  id: string;
  type: 'event';
  /** RFC 3339. */
  created_at: string;
  data: { id: string; type: Type; [field: string]: unknown };
  [field: string]: unknown;
}

/** Anthropic's webhooks, by the type of their `data`. */
export type AnthropicEvents = { [Type in AnthropicEventType]: AnthropicPayload<Type> };
