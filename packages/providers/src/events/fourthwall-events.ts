// Names: https://docs.fourthwall.com/api-reference/platform/webhooks/get-webhook-event. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface FourthwallEvents {
  ORDER_PLACED: unknown;
  ORDER_UPDATED: unknown;
  GIFT_PURCHASE: unknown;
  PRODUCT_CREATED: unknown;
  PRODUCT_UPDATED: unknown;
  DONATION: unknown;
  SUBSCRIPTION_PURCHASED: unknown;
  SUBSCRIPTION_EXPIRED: unknown;
  SUBSCRIPTION_CHANGED: unknown;
  NEWSLETTER_SUBSCRIBED: unknown;
  THANK_YOU_SENT: unknown;
  GIFT_DRAW_STARTED: unknown;
  GIFT_DRAW_ENDED: unknown;
  PROMOTION_CREATED: unknown;
  PROMOTION_UPDATED: unknown;
  PROMOTION_STATUS_CHANGED: unknown;
  PLATFORM_APP_DISCONNECTED: unknown;
  MEMBERSHIP_POST_CREATED: unknown;
  MEMBERSHIP_POST_UPSERTED: unknown;
  MEMBERSHIP_SERIES_UPSERTED: unknown;
  MEMBERSHIP_SERIES_DELETED: unknown;
  MEMBERSHIP_TAG_CREATED: unknown;
  MEMBERSHIP_TAG_UPDATED: unknown;
  MEMBERSHIP_TAG_DELETED: unknown;
  MEMBERSHIP_TIER_UPSERTED: unknown;
  MEMBERSHIP_TIER_DELETED: unknown;
  COLLECTION_UPDATED: unknown;
  CART_ABANDONED_1H: unknown;
  CART_ABANDONED_24H: unknown;
  CART_ABANDONED_72H: unknown;
}
