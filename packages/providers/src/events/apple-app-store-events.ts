/** Names: `NotificationTypeV2` of npm @apple/app-store-server-library. */
export interface AppleAppStoreEvents {
  SUBSCRIBED: unknown;
  DID_CHANGE_RENEWAL_PREF: unknown;
  DID_CHANGE_RENEWAL_STATUS: unknown;
  OFFER_REDEEMED: unknown;
  DID_RENEW: unknown;
  EXPIRED: unknown;
  DID_FAIL_TO_RENEW: unknown;
  GRACE_PERIOD_EXPIRED: unknown;
  PRICE_INCREASE: unknown;
  REFUND: unknown;
  REFUND_DECLINED: unknown;
  CONSUMPTION_REQUEST: unknown;
  RENEWAL_EXTENDED: unknown;
  REVOKE: unknown;
  TEST: unknown;
  RENEWAL_EXTENSION: unknown;
  REFUND_REVERSED: unknown;
  EXTERNAL_PURCHASE_TOKEN: unknown;
  ONE_TIME_CHARGE: unknown;
  RESCIND_CONSENT: unknown;
  METADATA_UPDATE: unknown;
  MIGRATION: unknown;
  PRICE_CHANGE: unknown;
}
