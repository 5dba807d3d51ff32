// Names: the `type` literals of `Stripe.Event` in npm stripe@23.1.0 (API 2026-10-28.endive), read 2026-11-22.
// Payloads: the fields that package states for every event.

/** Every type of a snapshot event. */
export type StripeEventType =
  | 'account.updated'
  | `account.application.${'authorized' | 'deauthorized'}`
  | `account.external_account.${'created' | 'deleted' | 'updated'}`
  | `application_fee.${'created' | 'refunded'}`
  | 'application_fee.refund.updated'
  | `apps.install.${'created' | 'deleted' | 'updated'}`
  | 'balance.available'
  | 'balance_settings.updated'
  | 'billing.alert.triggered'
  | 'billing.credit_balance_transaction.created'
  | `billing.credit_grant.${'created' | 'updated'}`
  | `billing.meter.${'created' | 'deactivated' | 'reactivated' | 'updated'}`
  | `billing_portal.configuration.${'created' | 'updated'}`
  | 'billing_portal.session.created'
  | 'capability.updated'
  | 'cash_balance.funds_available'
  | `charge.${'captured' | 'expired' | 'failed' | 'pending' | 'refunded' | 'succeeded' | 'updated'}`
  | `charge.dispute.${'closed' | 'created' | 'funds_reinstated' | 'funds_withdrawn' | 'updated'}`
  | 'charge.refund.updated'
  | `checkout.session.${'async_payment_failed' | 'async_payment_succeeded' | 'completed' | 'expired'}`
  | `climate.order.${'canceled' | 'created' | 'delayed' | 'delivered' | 'product_substituted'}`
  | `climate.product.${'created' | 'pricing_updated'}`
  | `coupon.${'created' | 'deleted' | 'updated'}`
  | `credit_note.${'created' | 'updated' | 'voided'}`
  | `customer.${'created' | 'deleted' | 'updated'}`
  | `customer.discount.${'created' | 'deleted' | 'updated'}`
  | `customer.source.${'created' | 'deleted' | 'expiring' | 'updated'}`
  | `customer.subscription.${'created' | 'deleted' | 'paused' | 'pending_update_applied'}`
  | `customer.subscription.${'pending_update_expired' | 'resumed' | 'trial_will_end' | 'updated'}`
  | `customer.tax_id.${'created' | 'deleted' | 'updated'}`
  | 'customer_cash_balance_transaction.created'
  | 'entitlements.active_entitlement_summary.updated'
  | 'file.created'
  | `financial_connections.account.${'account_numbers_updated' | 'created' | 'deactivated' | 'disconnected'}`
  | `financial_connections.account.${'expected_deactivation_date_updated' | 'reactivated'}`
  | `financial_connections.account.${'refreshed_balance' | 'refreshed_ownership' | 'refreshed_transactions'}`
  | 'financial_connections.account.supported_payment_method_types_updated'
  | `financial_connections.account.${'upcoming_account_number_expiry' | 'upcoming_deactivation'}`
  | `financial_connections.authorization.${'expected_deactivation_date_updated' | 'upcoming_deactivation'}`
  | `identity.verification_session.${'canceled' | 'created' | 'processing' | 'redacted' | 'requires_input'}`
  | 'identity.verification_session.verified'
  | `invoice.${'created' | 'deleted' | 'finalization_failed' | 'finalized' | 'marked_uncollectible'}`
  | `invoice.${'overdue' | 'overpaid' | 'paid' | 'payment_action_required' | 'payment_attempt_required'}`
  | `invoice.${'payment_failed' | 'payment_succeeded' | 'sent' | 'upcoming' | 'updated' | 'voided'}`
  | 'invoice.will_be_due'
  | 'invoice_payment.paid'
  | `invoiceitem.${'created' | 'deleted'}`
  | `issuing_authorization.${'created' | 'request' | 'updated'}`
  | `issuing_card.${'created' | 'updated'}`
  | `issuing_cardholder.${'created' | 'updated'}`
  | `issuing_dispute.${'closed' | 'created' | 'funds_reinstated' | 'funds_rescinded' | 'submitted'}`
  | 'issuing_dispute.updated'
  | `issuing_personalization_design.${'activated' | 'deactivated' | 'rejected' | 'updated'}`
  | `issuing_token.${'created' | 'updated'}`
  | `issuing_transaction.${'created' | 'purchase_details_receipt_updated' | 'updated'}`
  | 'mandate.updated'
  | `payment_intent.${'amount_capturable_updated' | 'canceled' | 'created' | 'partially_funded'}`
  | `payment_intent.${'payment_failed' | 'processing' | 'requires_action' | 'succeeded'}`
  | `payment_link.${'created' | 'updated'}`
  | `payment_method.${'attached' | 'automatically_updated' | 'detached' | 'updated'}`
  | `payout.${'canceled' | 'created' | 'failed' | 'paid' | 'reconciliation_completed' | 'updated'}`
  | `person.${'created' | 'deleted' | 'updated'}`
  | `plan.${'created' | 'deleted' | 'updated'}`
  | `price.${'created' | 'deleted' | 'updated'}`
  | `product.${'created' | 'deleted' | 'updated'}`
  | `promotion_code.${'created' | 'updated'}`
  | `quote.${'accepted' | 'canceled' | 'created' | 'finalized'}`
  | `radar.early_fraud_warning.${'created' | 'updated'}`
  | `refund.${'created' | 'failed' | 'updated'}`
  | `reporting.report_run.${'failed' | 'succeeded'}`
  | 'reporting.report_type.updated'
  | `reserve.hold.${'created' | 'updated'}`
  | `reserve.plan.${'created' | 'disabled' | 'expired' | 'updated'}`
  | 'reserve.release.created'
  | `review.${'closed' | 'opened'}`
  | `setup_intent.${'canceled' | 'created' | 'requires_action' | 'setup_failed' | 'succeeded'}`
  | 'sigma.scheduled_query_run.created'
  | `source.${'canceled' | 'chargeable' | 'failed' | 'mandate_notification' | 'refund_attributes_required'}`
  | `source.transaction.${'created' | 'updated'}`
  | `subscription_schedule.${'aborted' | 'canceled' | 'completed' | 'created' | 'expiring' | 'released'}`
  | 'subscription_schedule.updated'
  | 'tax.settings.updated'
  | `tax_rate.${'created' | 'updated'}`
  | `terminal.reader.${'action_failed' | 'action_succeeded' | 'action_updated'}`
  | `test_helpers.test_clock.${'advancing' | 'created' | 'deleted' | 'internal_failure' | 'ready'}`
  | `three_d_secure.authentication.${'canceled' | 'challenge_started' | 'errored' | 'failed'}`
  | `three_d_secure.authentication.${'requires_challenge' | 'requires_submission' | 'succeeded'}`
  | `topup.${'canceled' | 'created' | 'failed' | 'reversed' | 'succeeded'}`
  | `transfer.${'created' | 'reversed' | 'updated'}`
  | `treasury.credit_reversal.${'created' | 'posted'}`
  | `treasury.debit_reversal.${'completed' | 'created' | 'initial_credit_granted'}`
  | `treasury.financial_account.${'closed' | 'created' | 'features_status_updated'}`
  | `treasury.inbound_transfer.${'canceled' | 'created' | 'failed' | 'succeeded'}`
  | `treasury.outbound_payment.${'canceled' | 'created' | 'expected_arrival_date_updated' | 'failed'}`
  | `treasury.outbound_payment.${'posted' | 'returned' | 'tracking_details_updated'}`
  | `treasury.outbound_transfer.${'canceled' | 'created' | 'expected_arrival_date_updated' | 'failed'}`
  | `treasury.outbound_transfer.${'posted' | 'returned' | 'tracking_details_updated'}`
  | `treasury.received_credit.${'created' | 'failed' | 'succeeded'}`
  | 'treasury.received_debit.created';

/** Types whose object is a singleton, without an id. */
type WithoutId =
  | 'balance.available'
  | 'balance_settings.updated'
  | 'billing.alert.triggered'
  | 'cash_balance.funds_available'
  | 'entitlements.active_entitlement_summary.updated'
  | 'tax.settings.updated';

/** What an event is about, as it was then. */
export interface StripeObject {
  id: string;
  object: string;
  [field: string]: unknown;
}

/** What an event is about, where that has no id. */
export interface StripeSingleton {
  object: string;
  [field: string]: unknown;
}

/** A snapshot event: what a webhook endpoint gets unless it asks for thin ones. */
export interface StripeEventPayload<Type extends StripeEventType = StripeEventType> {
  id: string;
  object: 'event';
  type: Type;
  /** Unix seconds. */
  created: number;
  livemode: boolean;
  /** The version that `data` is rendered in. */
  api_version: string | null;
  /** The connected account it comes from (Connect). */
  account?: string;
  context?: string;
  data: {
    object: StripeObjectOf<Type>;
    /** Old values of what changed, on `*.updated`. */
    previous_attributes?: Record<string, unknown>;
  };
  /** The API call that caused it; `null` when Stripe acted by itself. */
  request: { id: string | null; idempotency_key: string | null } | null;
  pending_webhooks: number;
}

/** What an event of this type is about. */
type StripeObjectOf<Type extends StripeEventType> = Type extends WithoutId
  ? StripeSingleton
  : Type extends 'invoice.upcoming'
    ? StripeUpcomingInvoice
    : StripeObject;

/** An invoice not made yet: older API versions give it no id. */
export interface StripeUpcomingInvoice {
  id?: string;
  object: string;
  [field: string]: unknown;
}

/** Stripe's snapshot events. Thin ones: `StripeThinEvents`. */
export type StripeEvents = { [Type in StripeEventType]: StripeEventPayload<Type> };
