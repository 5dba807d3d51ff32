// Names: https://docs.cloud.coinbase.com/commerce/docs/webhooks-events. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface CoinbaseCommerceEvents {
  'charge:created': unknown;
  'charge:confirmed': unknown;
  'charge:failed': unknown;
  'charge:delayed': unknown;
  'charge:pending': unknown;
  'charge:resolved': unknown;
}
