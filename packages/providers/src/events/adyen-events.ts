// Names: `EventCodeEnum` of npm @adyen/api-library@32.1.0. Read 2026-11-22.

/** An item. Signed are the references, the merchant account, the amount, `eventCode` and `success`. */
export interface AdyenItem {
  pspReference: string;
  originalReference?: string;
  merchantAccountCode: string;
  merchantReference: string;
  amount: { value: number; currency: string };
  eventCode: string;
  success: string;
  eventDate?: string;
  additionalData?: Record<string, string>;
  [field: string]: unknown;
}

/** A delivery. */
export interface AdyenPayload {
  live: string;
  notificationItems: { NotificationRequestItem: AdyenItem }[];
}

/** Names of events. */
type Name =
  | 'AUTORESCUE'
  | 'AUTHORISATION'
  | 'AUTHORISATION_ADJUSTMENT'
  | 'CANCEL_AUTORESCUE'
  | 'CANCELLATION'
  | 'CANCEL_OR_REFUND'
  | 'CAPTURE'
  | 'CAPTURE_FAILED'
  | 'CHARGEBACK'
  | 'CHARGEBACK_REVERSED'
  | 'DISPUTE_DEFENSE_PERIOD_ENDED'
  | 'DONATION'
  | 'EXPIRE'
  | 'HANDLED_EXTERNALLY'
  | 'INFORMATION_SUPPLIED'
  | 'ISSUER_COMMENTS'
  | 'ISSUER_RESPONSE_TIMEFRAME_EXPIRED'
  | 'MANUAL_REVIEW_ACCEPT'
  | 'MANUAL_REVIEW_REJECT'
  | 'NOTIFICATION_OF_CHARGEBACK'
  | 'NOTIFICATION_OF_FRAUD'
  | 'OFFER_CLOSED'
  | 'ORDER_CLOSED'
  | 'ORDER_OPENED'
  | 'PAIDOUT_REVERSED'
  | 'PAYOUT_DECLINE'
  | 'PAYOUT_EXPIRE'
  | 'PAYOUT_THIRDPARTY'
  | 'PENDING'
  | 'POSTPONED_REFUND'
  | 'PREARBITRATION_LOST'
  | 'PREARBITRATION_WON'
  | 'PROCESS_RETRY'
  | 'RECURRING_CONTRACT'
  | 'REFUND'
  | 'REFUNDED_REVERSED'
  | 'REFUND_FAILED'
  | 'REFUND_WITH_DATA'
  | 'REPORT_AVAILABLE'
  | 'REQUEST_FOR_INFORMATION'
  | 'SECOND_CHARGEBACK'
  | 'TECHNICAL_CANCEL'
  | 'VOID_PENDING_REFUND';

/** Adyen's standard webhooks, by `eventCode`; `batch`: items of several codes. */
export type AdyenEvents = { [Type in Name | 'batch']: AdyenPayload };
