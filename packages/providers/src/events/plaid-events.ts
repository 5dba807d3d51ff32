/** Codes from https://plaid.com/docs/api/webhooks/ and the pages of the products; open, since products bring more. */
export interface PlaidEvents {
  SYNC_UPDATES_AVAILABLE: unknown;
  INITIAL_UPDATE: unknown;
  HISTORICAL_UPDATE: unknown;
  DEFAULT_UPDATE: unknown;
  TRANSACTIONS_REMOVED: unknown;
  RECURRING_TRANSACTIONS_UPDATE: unknown;
  ERROR: unknown;
  LOGIN_REPAIRED: unknown;
  NEW_ACCOUNTS_AVAILABLE: unknown;
  PENDING_DISCONNECT: unknown;
  PENDING_EXPIRATION: unknown;
  USER_PERMISSION_REVOKED: unknown;
  USER_ACCOUNT_REVOKED: unknown;
  WEBHOOK_UPDATE_ACKNOWLEDGED: unknown;
  AUTOMATICALLY_VERIFIED: unknown;
  VERIFICATION_EXPIRED: unknown;
  TRANSFER_EVENTS_UPDATE: unknown;
  STATUS_UPDATED: unknown;
  STEP_UPDATED: unknown;
  RETRIED: unknown;
  PRODUCT_READY: unknown;
  SESSION_FINISHED: unknown;
  [code: string]: unknown;
}
