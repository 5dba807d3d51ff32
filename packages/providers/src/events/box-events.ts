// Names: `WebhookTriggersField` of npm box-node-sdk@10.12.0. Read 2026-11-22.

/** Every trigger. */
export type BoxTrigger =
  | `FILE.${'UPLOADED' | 'PREVIEWED' | 'DOWNLOADED' | 'TRASHED' | 'DELETED' | 'RESTORED' | 'COPIED' | 'MOVED' | 'LOCKED' | 'UNLOCKED' | 'RENAMED'}`
  | `COMMENT.${'CREATED' | 'UPDATED' | 'DELETED'}`
  | `TASK_ASSIGNMENT.${'CREATED' | 'UPDATED'}`
  | `METADATA_INSTANCE.${'CREATED' | 'UPDATED' | 'DELETED'}`
  | `FOLDER.${'CREATED' | 'RENAMED' | 'DOWNLOADED' | 'RESTORED' | 'DELETED' | 'COPIED' | 'MOVED' | 'TRASHED'}`
  | 'WEBHOOK.DELETED'
  | `COLLABORATION.${'CREATED' | 'ACCEPTED' | 'REJECTED' | 'REMOVED' | 'UPDATED'}`
  | `SHARED_LINK.${'DELETED' | 'CREATED' | 'UPDATED'}`
  | `SIGN_REQUEST.${'COMPLETED' | 'DECLINED' | 'EXPIRED' | 'SIGNER_EMAIL_BOUNCED' | 'SIGN_SIGNER_SIGNED' | 'SIGN_DOCUMENT_CREATED' | 'SIGN_ERROR_FINALIZING'}`;

/** What happened, and to what. */
export interface BoxPayload<Type extends string = string> {
  type: 'webhook_event';
  id: string;
  trigger: Type;
  webhook: { id: string; type: 'webhook' };
  /** A file, a folder, a comment and so on, as `type` in it says; null for some. */
  source: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** Box's V2 webhooks. */
export type BoxEvents = { [Type in BoxTrigger]: BoxPayload<Type> };
