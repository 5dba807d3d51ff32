// Names: `WebhookEventTypes` in npm mollie-api-typescript@1.12.28. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface MollieEvents {
  'payment.paid': unknown;
  'payment.authorized': unknown;
  'payment.failed': unknown;
  'payment.canceled': unknown;
  'payment.expired': unknown;
  'payment.pending': unknown;
  'refund.queued': unknown;
  'refund.pending': unknown;
  'refund.processing': unknown;
  'refund.refunded': unknown;
  'refund.failed': unknown;
  'refund.canceled': unknown;
  'chargeback.received': unknown;
  'chargeback.reversed': unknown;
  'capture.succeeded': unknown;
  'capture.failed': unknown;
  'payment-link.paid': unknown;
  'balance-transaction.created': unknown;
  'payout.initiated': unknown;
  'payout.processing-at-bank': unknown;
  'payout.completed': unknown;
  'payout.canceled': unknown;
  'payout.failed': unknown;
  'sales-invoice.created': unknown;
  'sales-invoice.issued': unknown;
  'sales-invoice.canceled': unknown;
  'sales-invoice.paid': unknown;
  'sales-invoice.e-invoice-failed': unknown;
  'sales-invoice.e-invoice-issued': unknown;
  'business-account-transfer.requested': unknown;
  'business-account-transfer.initiated': unknown;
  'business-account-transfer.pending-review': unknown;
  'business-account-transfer.processed': unknown;
  'business-account-transfer.failed': unknown;
  'business-account-transfer.blocked': unknown;
  'business-account-transfer.returned': unknown;
}
