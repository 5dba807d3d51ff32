// Names: the `type` literals of `Stripe.V2.Core.EventNotification` in npm stripe@23.1.0, read 2026-11-22.
// Payloads: the fields that package states, as they are on the wire.

/** Every type of a thin event. */
export type StripeThinEventType =
  | 'v1.account.updated'
  | `v1.account.application.${'authorized' | 'deauthorized'}`
  | `v1.account.external_account.${'created' | 'deleted' | 'updated'}`
  | `v1.application_fee.${'created' | 'refunded'}`
  | 'v1.application_fee.refund.updated'
  | 'v1.balance.available'
  | 'v1.balance_settings.updated'
  | 'v1.billing.alert.triggered'
  | 'v1.billing.credit_balance_transaction.created'
  | `v1.billing.credit_grant.${'created' | 'updated'}`
  | `v1.billing.meter.${'created' | 'deactivated' | 'error_report_triggered' | 'no_meter_found'}`
  | `v1.billing.meter.${'reactivated' | 'updated'}`
  | `v1.billing_portal.configuration.${'created' | 'updated'}`
  | 'v1.billing_portal.session.created'
  | 'v1.capability.updated'
  | 'v1.cash_balance.funds_available'
  | `v1.charge.${'captured' | 'expired' | 'failed' | 'pending' | 'refunded' | 'succeeded' | 'updated'}`
  | `v1.charge.dispute.${'closed' | 'created' | 'funds_reinstated' | 'funds_withdrawn' | 'updated'}`
  | 'v1.charge.refund.updated'
  | `v1.checkout.session.${'async_payment_failed' | 'async_payment_succeeded' | 'completed' | 'expired'}`
  | `v1.climate.order.${'canceled' | 'created' | 'delayed' | 'delivered' | 'product_substituted'}`
  | `v1.climate.product.${'created' | 'pricing_updated'}`
  | `v1.coupon.${'created' | 'deleted' | 'updated'}`
  | `v1.credit_note.${'created' | 'updated' | 'voided'}`
  | `v1.customer.${'created' | 'deleted' | 'updated'}`
  | `v1.customer.discount.${'created' | 'deleted' | 'source_changed' | 'updated'}`
  | `v1.customer.subscription.${'active' | 'cancel_at_changed' | 'created'}`
  | `v1.customer.subscription.${'default_payment_method_changed' | 'deleted' | 'incomplete'}`
  | `v1.customer.subscription.${'incomplete_expired' | 'item_added' | 'item_price_changed'}`
  | `v1.customer.subscription.${'item_quantity_changed' | 'item_removed' | 'item_tax_rates_changed'}`
  | `v1.customer.subscription.${'past_due' | 'paused' | 'pending_update_applied' | 'pending_update_expired'}`
  | `v1.customer.subscription.${'resumed' | 'trial_will_end' | 'trialing' | 'unpaid' | 'updated'}`
  | `v1.customer.tax_id.${'created' | 'deleted' | 'updated'}`
  | 'v1.customer_cash_balance_transaction.created'
  | `v1.entitlements.active_entitlement_summary.${'entitlement_added' | 'entitlement_removed' | 'updated'}`
  | 'v1.file.created'
  | `v1.financial_connections.account.${'account_numbers_updated' | 'balance_refresh_failed'}`
  | `v1.financial_connections.account.${'balance_refresh_succeeded' | 'created' | 'deactivated'}`
  | `v1.financial_connections.account.${'disconnected' | 'expected_deactivation_date_updated'}`
  | 'v1.financial_connections.account.inferred_balances_refresh_failed'
  | `v1.financial_connections.account.${'inferred_balances_refresh_succeeded' | 'ownership_refresh_failed'}`
  | `v1.financial_connections.account.${'ownership_refresh_succeeded' | 'reactivated' | 'refreshed_balance'}`
  | `v1.financial_connections.account.${'refreshed_ownership' | 'refreshed_transactions'}`
  | 'v1.financial_connections.account.risk_intelligence_refresh_failed'
  | 'v1.financial_connections.account.risk_intelligence_refresh_succeeded'
  | 'v1.financial_connections.account.supported_payment_method_types_updated'
  | `v1.financial_connections.account.${'transactions_refresh_failed' | 'transactions_refresh_succeeded'}`
  | `v1.financial_connections.account.${'upcoming_account_number_expiry' | 'upcoming_deactivation'}`
  | `v1.identity.verification_session.${'canceled' | 'created' | 'processing' | 'redacted'}`
  | `v1.identity.verification_session.${'requires_input' | 'verified'}`
  | `v1.invoice.${'created' | 'deleted' | 'discount_added' | 'discount_removed' | 'finalization_failed'}`
  | `v1.invoice.${'finalized' | 'line_item_added' | 'line_item_pricing_changed'}`
  | `v1.invoice.${'line_item_quantity_changed' | 'line_item_removed' | 'marked_uncollectible' | 'overdue'}`
  | `v1.invoice.${'overpaid' | 'paid' | 'payment_action_required' | 'payment_attempt_required'}`
  | `v1.invoice.${'payment_failed' | 'payment_succeeded' | 'sent' | 'upcoming' | 'updated' | 'voided'}`
  | 'v1.invoice.will_be_due'
  | `v1.invoice_payment.${'canceled' | 'open' | 'paid'}`
  | `v1.invoiceitem.${'amount_changed' | 'created' | 'deleted' | 'discount_added' | 'discount_removed'}`
  | `v1.issuing_authorization.${'created' | 'request' | 'updated'}`
  | `v1.issuing_card.${'created' | 'updated'}`
  | `v1.issuing_cardholder.${'created' | 'updated'}`
  | `v1.issuing_dispute.${'closed' | 'created' | 'funds_reinstated' | 'funds_rescinded' | 'submitted'}`
  | 'v1.issuing_dispute.updated'
  | `v1.issuing_personalization_design.${'activated' | 'deactivated' | 'rejected' | 'updated'}`
  | `v1.issuing_token.${'created' | 'updated'}`
  | `v1.issuing_transaction.${'created' | 'purchase_details_receipt_updated' | 'updated'}`
  | 'v1.mandate.updated'
  | `v1.payment_intent.${'amount_capturable_updated' | 'canceled' | 'created' | 'partially_funded'}`
  | `v1.payment_intent.${'payment_failed' | 'processing' | 'requires_action' | 'succeeded'}`
  | `v1.payment_link.${'created' | 'updated'}`
  | `v1.payment_method.${'attached' | 'automatically_updated' | 'detached' | 'updated'}`
  | `v1.payout.${'canceled' | 'created' | 'failed' | 'paid' | 'reconciliation_completed' | 'updated'}`
  | `v1.person.${'created' | 'deleted' | 'updated'}`
  | `v1.plan.${'created' | 'deleted' | 'updated'}`
  | `v1.price.${'activated' | 'created' | 'deactivated' | 'deleted' | 'lookup_key_changed'}`
  | `v1.price.${'tax_behavior_changed' | 'updated'}`
  | `v1.product.${'activated' | 'created' | 'deactivated' | 'default_price_changed' | 'deleted'}`
  | `v1.product.${'tax_code_changed' | 'updated'}`
  | `v1.promotion_code.${'created' | 'fully_redeemed' | 'updated'}`
  | `v1.quote.${'accepted' | 'canceled' | 'created' | 'finalized'}`
  | `v1.radar.early_fraud_warning.${'created' | 'updated'}`
  | `v1.refund.${'created' | 'failed' | 'updated'}`
  | `v1.review.${'closed' | 'opened'}`
  | `v1.setup_intent.${'canceled' | 'created' | 'requires_action' | 'setup_failed' | 'succeeded'}`
  | 'v1.sigma.scheduled_query_run.created'
  | `v1.source.${'canceled' | 'chargeable' | 'failed' | 'refund_attributes_required'}`
  | `v1.subscription_schedule.${'aborted' | 'canceled' | 'completed' | 'created' | 'expiring'}`
  | `v1.subscription_schedule.${'phase_added' | 'phase_default_tax_rates_changed'}`
  | `v1.subscription_schedule.${'phase_end_date_changed' | 'phase_removed' | 'phase_trial_end_changed'}`
  | `v1.subscription_schedule.${'released' | 'updated'}`
  | 'v1.tax.settings.updated'
  | `v1.tax_rate.${'created' | 'updated'}`
  | `v1.terminal.reader.${'action_failed' | 'action_succeeded' | 'action_updated'}`
  | `v1.test_helpers.test_clock.${'advancing' | 'created' | 'deleted' | 'internal_failure' | 'ready'}`
  | `v1.topup.${'canceled' | 'created' | 'failed' | 'reversed' | 'succeeded'}`
  | `v1.transfer.${'created' | 'reversed' | 'updated'}`
  | `v2.commerce.product_catalog.imports.${'failed' | 'processing' | 'succeeded' | 'succeeded_with_errors'}`
  | `v2.core.account.${'closed' | 'created' | 'updated'}`
  | `v2.core.account[configuration.customer].${'capability_status_updated' | 'updated'}`
  | `v2.core.account[configuration.merchant].${'capability_status_updated' | 'updated'}`
  | `v2.core.account[configuration.recipient].${'capability_status_updated' | 'updated'}`
  | 'v2.core.account[defaults].updated'
  | 'v2.core.account[future_requirements].updated'
  | 'v2.core.account[identity].updated'
  | 'v2.core.account[requirements].updated'
  | 'v2.core.account_link.returned'
  | `v2.core.account_person.${'created' | 'deleted' | 'updated'}`
  | 'v2.core.event_destination.ping'
  | 'v2.money_management.adjustment.created'
  | `v2.money_management.financial_account.${'created' | 'updated'}`
  | `v2.money_management.financial_address.${'activated' | 'failed'}`
  | `v2.money_management.inbound_transfer.${'available' | 'bank_debit_failed' | 'bank_debit_processing'}`
  | `v2.money_management.inbound_transfer.${'bank_debit_queued' | 'bank_debit_returned'}`
  | 'v2.money_management.inbound_transfer.bank_debit_succeeded'
  | `v2.money_management.outbound_payment.${'canceled' | 'created' | 'failed' | 'posted' | 'returned'}`
  | `v2.money_management.outbound_payment.${'under_review' | 'updated'}`
  | `v2.money_management.payout_intent.${'canceled' | 'created' | 'pending' | 'posted' | 'processing'}`
  | `v2.money_management.payout_intent.${'requires_action' | 'updated'}`
  | `v2.money_management.payout_method.${'created' | 'updated'}`
  | `v2.money_management.received_credit.${'available' | 'failed' | 'returned' | 'succeeded'}`
  | `v2.money_management.recipient_verification.${'created' | 'updated'}`
  | `v2.money_management.transaction.${'created' | 'updated'}`;

/** A thin event: says what to fetch, and carries no snapshot of it. */
export interface StripeThinEventPayload<Type extends StripeThinEventType = StripeThinEventType> {
  id: string;
  object: 'v2.core.event';
  type: Type;
  /** RFC 3339. */
  created: string;
  livemode: boolean;
  /** The account it comes from; to be sent back as `Stripe-Context`. */
  context?: string | null;
  /** What to fetch. A singleton has no id; some events have no object. */
  related_object?: { id?: string; type: string; url: string } | null;
  reason?: { type: string; [field: string]: unknown } | null;
  /** The id of the snapshot event that tells of the same. */
  snapshot_event?: string | null;
  [field: string]: unknown;
}

/** The thin events of Stripe event destinations: `stripe<StripeThinEvents>({ secret })`. */
export type StripeThinEvents = { [Type in StripeThinEventType]: StripeThinEventPayload<Type> };
