// Names: `WebhookV2Event` of figma/rest-api-spec: openapi/openapi.yaml. Read 2026-11-22.

/** A delivery. Nothing of it is signed. */
export interface FigmaPayload<Type extends string = string> {
  event_type: Type;
  passcode: string;
  timestamp: string;
  webhook_id: string;
  [field: string]: unknown;
}

/** Names of events. */
type Name =
  | 'DEV_MODE_STATUS_UPDATE'
  | 'FILE_COMMENT'
  | 'FILE_DELETE'
  | 'FILE_UPDATE'
  | 'FILE_VERSION_UPDATE'
  | 'LIBRARY_PUBLISH'
  | 'PING';

/** Figma's webhooks, by `event_type`. */
export type FigmaEvents = { [Type in Name]: FigmaPayload<Type> };
