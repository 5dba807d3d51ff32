// Names: https://docs.retellai.com/features/webhook-overview. Read 2026-11-22.

/** Every event type. */
export type RetellEventType =
  | 'call_started'
  | 'call_ended'
  | 'call_analyzed'
  | 'transcript_updated'
  | 'transfer_started'
  | 'transfer_bridged'
  | 'transfer_cancelled'
  | 'transfer_ended'
  | 'chat_started'
  | 'chat_ended'
  | 'chat_analyzed';

/** An event, and the call or chat it is about. */
export interface RetellPayload<Type extends RetellEventType = RetellEventType> {
  event: Type;
  call?: Record<string, unknown>;
  chat?: Record<string, unknown>;
  [field: string]: unknown;
}

/** Retell's webhooks. */
export type RetellEvents = { [Type in RetellEventType]: RetellPayload<Type> };
