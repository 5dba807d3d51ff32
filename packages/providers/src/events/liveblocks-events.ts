// Names: the types that `WebhookHandler` of npm @liveblocks/node@3.24.2 knows. Read 2026-11-22.

/** Every event type. */
export type LiveblocksEventType =
  | 'commentCreated'
  | 'commentDeleted'
  | 'commentEdited'
  | 'commentMetadataUpdated'
  | 'commentReactionAdded'
  | 'commentReactionRemoved'
  | 'notification'
  | 'roomCreated'
  | 'roomDeleted'
  | 'storageUpdated'
  | 'threadCreated'
  | 'threadDeleted'
  | 'threadMarkedAsResolved'
  | 'threadMarkedAsUnresolved'
  | 'threadMetadataUpdated'
  | 'userEntered'
  | 'userLeft'
  | 'ydocUpdated';

/** An event, and what it is about. */
export interface LiveblocksPayload<Type extends LiveblocksEventType = LiveblocksEventType> {
  type: Type;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Liveblocks' webhooks. */
export type LiveblocksEvents = { [Type in LiveblocksEventType]: LiveblocksPayload<Type> };
