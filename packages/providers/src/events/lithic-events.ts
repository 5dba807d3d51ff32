// Names: `event_type` of the webhook events in npm lithic@0.145.0. Read 2026-11-22.

/** Every event type. */
export type LithicEventType =
  | `account_holder.${'created' | 'updated' | 'verification'}`
  | 'account_holder_document.updated'
  | 'auth_rules.backtest_report.created'
  | 'balance.updated'
  | `book_transfer_transaction.${'created' | 'updated'}`
  | `card.${'converted' | 'created' | 'reissued' | 'renewed' | 'shipped' | 'updated'}`
  | `card_authorization.${'approval_request' | 'challenge' | 'challenge_response'}`
  | `card_transaction.enhanced_data.${'created' | 'updated'}`
  | 'card_transaction.updated'
  | `claim.${'created' | 'updated'}`
  | `claim_document.${'accepted' | 'rejected' | 'uploaded'}`
  | `digital_wallet.${'tokenization_approval_request' | 'tokenization_result'}`
  | 'digital_wallet.tokenization_two_factor_authentication_code'
  | `digital_wallet.${'tokenization_two_factor_authentication_code_sent' | 'tokenization_updated'}`
  | 'dispute.updated'
  | 'dispute_evidence.upload_failed'
  | `dispute_transaction.${'created' | 'updated'}`
  | `embed.${'session_generated' | 'viewed'}`
  | `external_bank_account.${'created' | 'updated'}`
  | `external_payment.${'created' | 'updated'}`
  | `financial_account.${'created' | 'updated'}`
  | 'funding_event.created'
  | `internal_transaction.${'created' | 'updated'}`
  | `loan_tape.${'created' | 'updated'}`
  | `management_operation.${'created' | 'updated'}`
  | `network_total.${'created' | 'updated'}`
  | `payment_transaction.${'created' | 'updated'}`
  | 'settlement_report.updated'
  | 'statements.created'
  | `three_ds_authentication.${'approval_request' | 'challenge' | 'created' | 'updated'}`
  | `tokenization.${'approval_request' | 'result' | 'two_factor_authentication_code'}`
  | `tokenization.${'two_factor_authentication_code_sent' | 'updated'}`;

/** What every payload has. */
export interface LithicPayload<Type extends LithicEventType = LithicEventType> {
  event_type: Type;
  [field: string]: unknown;
}

/** Lithic's webhooks. */
export type LithicEvents = { [Type in LithicEventType]: LithicPayload<Type> };
