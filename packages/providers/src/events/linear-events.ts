// Names: `LinearWebhookEventType` of npm @linear/sdk@98.0.0. Read 2026-11-22.

/** What an event can be about. */
export type LinearEventType =
  | 'Attachment'
  | 'AuditEntry'
  | 'Comment'
  | 'Customer'
  | 'CustomerNeed'
  | 'Cycle'
  | 'Document'
  | 'Initiative'
  | 'InitiativeUpdate'
  | 'Issue'
  | 'IssueLabel'
  | 'Project'
  | 'ProjectUpdate'
  | 'Reaction'
  | 'User'
  | 'IssueSLA'
  | 'OAuthApp'
  | 'AppUserNotification'
  | 'PermissionChange'
  | 'AgentSessionEvent';

/** What every payload holds. The package's own types say the rest: `linear<{ Issue: EntityWebhookPayloadWithIssueData }>`. */
export interface LinearPayload<Type extends string = string> {
  type: Type;
  /** `create`, `update`, `remove` and others. */
  action: string;
  /** Unix ms of this attempt. */
  webhookTimestamp: number;
  [field: string]: unknown;
}

/** Linear's webhooks. */
export type LinearEvents = { [Type in LinearEventType]: LinearPayload<Type> };
