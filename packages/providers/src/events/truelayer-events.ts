/** Names from https://docs.truelayer.com/docs/payments-webhook-reference and its siblings; open. */
export interface TruelayerEvents {
  payment_authorized: unknown;
  payment_executed: unknown;
  payment_settled: unknown;
  payment_failed: unknown;
  payment_creditable: unknown;
  payment_settlement_stalled: unknown;
  refund_executed: unknown;
  refund_failed: unknown;
  payout_executed: unknown;
  payout_failed: unknown;
  mandate_authorized: unknown;
  mandate_failed: unknown;
  mandate_revoked: unknown;
  external_payment_received: unknown;
  [type: string]: unknown;
}
