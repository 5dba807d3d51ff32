// Names: `Event` of npm @workos-inc/node@11.0.0. Read 2026-11-22.

/** Every event type. */
export type WorkosEventType =
  | `api_key.${'created' | 'revoked'}`
  | `authentication.${'email_verification_succeeded' | 'magic_auth_failed' | 'magic_auth_succeeded'}`
  | `authentication.${'mfa_succeeded' | 'oauth_failed' | 'oauth_succeeded' | 'passkey_failed'}`
  | `authentication.${'passkey_succeeded' | 'password_failed' | 'password_succeeded'}`
  | `authentication.${'radar_risk_detected' | 'sso_failed' | 'sso_succeeded'}`
  | `connection.${'activated' | 'deactivated' | 'deleted'}`
  | `dsync.${'activated' | 'deleted'}`
  | `dsync.group.${'created' | 'deleted' | 'updated' | 'user_added' | 'user_removed'}`
  | `dsync.user.${'created' | 'deleted' | 'updated'}`
  | 'email_verification.created'
  | `flag.${'created' | 'deleted' | 'rule_updated' | 'updated'}`
  | `group.${'created' | 'deleted' | 'member_added' | 'member_removed' | 'updated'}`
  | `invitation.${'accepted' | 'created' | 'resent' | 'revoked'}`
  | 'magic_auth.created'
  | `organization.${'created' | 'deleted' | 'updated'}`
  | `organization_domain.${'created' | 'deleted' | 'updated' | 'verification_failed' | 'verified'}`
  | `organization_membership.${'created' | 'deleted' | 'updated'}`
  | `organization_role.${'created' | 'deleted' | 'updated'}`
  | `password_reset.${'created' | 'succeeded'}`
  | `permission.${'created' | 'deleted' | 'updated'}`
  | `pipes.connected_account.${'connected' | 'connection_failed' | 'disconnected'}`
  | 'pipes.connected_account.reauthorization_needed'
  | `role.${'created' | 'deleted' | 'updated'}`
  | `session.${'created' | 'revoked'}`
  | `user.${'created' | 'deleted' | 'updated'}`
  | 'vault.byok_key.verification_completed'
  | `vault.data.${'created' | 'deleted' | 'read' | 'updated'}`
  | `vault.dek.${'decrypted' | 'read'}`
  | 'vault.kek.created'
  | 'vault.metadata.read'
  | 'vault.names.listed';

/** An event, and what it is about. */
export interface WorkosPayload<Type extends WorkosEventType = WorkosEventType> {
  id: string;
  event: Type;
  /** ISO 8601. */
  created_at: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** WorkOS's webhooks. */
export type WorkosEvents = { [Type in WorkosEventType]: WorkosPayload<Type> };
