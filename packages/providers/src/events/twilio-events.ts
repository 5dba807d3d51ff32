// Names: `MessageStatus`, `CallStatus` and the Conversations filters of npm twilio@6.2.0; TaskRouter's events
// after https://www.twilio.com/docs/taskrouter/api/event/reference. Read 2026-11-22.

/** `MessageStatus`, and `SmsStatus` on an incoming message. */
type MessageStatus =
  | 'accepted'
  | 'canceled'
  | 'delivered'
  | 'failed'
  | 'partially_delivered'
  | 'queued'
  | 'read'
  | 'received'
  | 'receiving'
  | 'scheduled'
  | 'sending'
  | 'sent'
  | 'undelivered';

/** `CallStatus`. `initiated` comes with status callbacks only. */
type CallStatus =
  | 'busy'
  | 'canceled'
  | 'completed'
  | 'failed'
  | 'in-progress'
  | 'initiated'
  | 'no-answer'
  | 'queued'
  | 'ringing';

/** `EventType` of Conversations: before it happens (`onMessageAdd`, your answer may change it) and after. */
type ConversationsEvent =
  | `on${'Conversation' | 'Message' | 'Participant'}${'Add' | 'Remove' | 'Update'}`
  | `on${'Conversation' | 'Message' | 'Participant'}${'Added' | 'Removed' | 'Updated'}`
  | 'onConversationStateUpdated'
  | 'onDeliveryUpdated'
  | `onUser${'Added' | 'Update' | 'Updated'}`;

/** `EventType` of TaskRouter. */
type TaskRouterEvent =
  | `activity.${'created' | 'deleted' | 'updated'}`
  | `reservation.${'accepted' | 'canceled' | 'completed' | 'created' | 'failed' | 'rejected' | 'rescinded'}`
  | `reservation.${'timeout' | 'wrapup'}`
  | `task.${'canceled' | 'completed' | 'created' | 'deleted' | 'system-deleted' | 'updated' | 'wrapup'}`
  | `task.transfer-${'attempt-failed' | 'canceled' | 'completed' | 'failed' | 'initiated'}`
  | `task-channel.${'created' | 'deleted' | 'updated'}`
  | `task-queue.${'created' | 'deleted' | 'entered' | 'expression.updated' | 'moved' | 'timeout'}`
  | `worker.${'activity' | 'attributes' | 'capacity' | 'channel.availability'}.update`
  | `worker.${'created' | 'deleted'}`
  | `workflow.${'created' | 'deleted' | 'entered' | 'skipped' | 'target-matched' | 'timeout' | 'updated'}`
  | `workspace.${'created' | 'deleted' | 'updated'}`;

/** The form that Twilio posts. A repeated field would be a list; these are not repeated. */
export interface TwilioPayload {
  AccountSid?: string;
  ApiVersion?: string;
  From?: string;
  To?: string;
  [field: string]: string | string[] | undefined;
}

/** A message came in, or one sent got a new status; or a call did: the statuses share names. */
export interface TwilioStatus extends TwilioPayload {
  MessageSid?: string;
  SmsSid?: string;
  MessageStatus?: string;
  SmsStatus?: string;
  MessagingServiceSid?: string;
  Body?: string;
  /** A number, as text. `MediaUrl0` and `MediaContentType0` are the first. */
  NumMedia?: string;
  NumSegments?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
  CallSid?: string;
  ParentCallSid?: string;
  CallStatus?: string;
  /** Seconds, as text. */
  CallDuration?: string;
  Direction?: string;
  CallbackSource?: string;
  SequenceNumber?: string;
}

/** Something happened in Conversations. */
export interface TwilioConversationsEvent<Type extends string = string> extends TwilioPayload {
  EventType: Type;
  ConversationSid?: string;
  ChatServiceSid?: string;
  MessageSid?: string;
  ParticipantSid?: string;
  Author?: string;
  Body?: string;
  Attributes?: string;
}

/** Something happened in TaskRouter. Attributes are JSON, as text. */
export interface TwilioTaskRouterEvent<Type extends string = string> extends TwilioPayload {
  EventType: Type;
  WorkspaceSid?: string;
  ResourceType?: string;
  ResourceSid?: string;
  EventDescription?: string;
  Timestamp?: string;
  TaskSid?: string;
  TaskAttributes?: string;
  WorkerSid?: string;
  WorkerAttributes?: string;
  ReservationSid?: string;
}

/** Twilio's form posts, by `EventType`, `MessageStatus`, `SmsStatus` or `CallStatus`. */
export type TwilioEvents = { [Type in MessageStatus | CallStatus]: TwilioStatus } & {
  [Type in ConversationsEvent]: TwilioConversationsEvent<Type>;
} & { [Type in TaskRouterEvent]: TwilioTaskRouterEvent<Type> };
