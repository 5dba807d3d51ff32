/** Types of interaction events: https://developers.google.com/workspace/chat/api/reference/rest/v1/EventType. */
export interface GoogleChatEvents {
  MESSAGE: unknown;
  ADDED_TO_SPACE: unknown;
  REMOVED_FROM_SPACE: unknown;
  CARD_CLICKED: unknown;
  WIDGET_UPDATED: unknown;
  APP_COMMAND: unknown;
}
