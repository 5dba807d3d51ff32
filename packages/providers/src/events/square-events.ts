// Names: the event types of npm square@46.0.0. Read 2026-11-22.

/** An event. `data.object` is what it is about. */
export interface SquareEvent<Type extends string = string> {
  merchant_id?: string | null;
  type: Type;
  event_id: string;
  created_at?: string;
  data?: { type?: string; id?: string; object?: unknown; [field: string]: unknown };
  [field: string]: unknown;
}

/** Names of events. */
type Name =
  | 'bank_account.created'
  | 'bank_account.disabled'
  | 'bank_account.verified'
  | 'customer.created'
  | 'customer.deleted'
  | 'customer.updated'
  | 'device.code.paired'
  | 'device.created'
  | 'gift_card.activity.created'
  | 'gift_card.activity.updated'
  | 'gift_card.created'
  | 'gift_card.customer_linked'
  | 'gift_card.customer_unlinked'
  | 'invoice.canceled'
  | 'invoice.created'
  | 'invoice.deleted'
  | 'invoice.payment_made'
  | 'invoice.published'
  | 'invoice.refunded'
  | 'invoice.scheduled_charge_failed'
  | 'invoice.updated'
  | 'job.created'
  | 'job.updated'
  | 'labor.scheduled_shift.created'
  | 'labor.scheduled_shift.deleted'
  | 'labor.scheduled_shift.published'
  | 'labor.scheduled_shift.updated'
  | 'labor.shift.created'
  | 'labor.shift.deleted'
  | 'labor.shift.updated'
  | 'labor.timecard.created'
  | 'labor.timecard.deleted'
  | 'labor.timecard.updated'
  | 'location.created'
  | 'location.updated'
  | 'loyalty.account.created'
  | 'loyalty.account.deleted'
  | 'loyalty.account.updated'
  | 'loyalty.event.created'
  | 'loyalty.program.created'
  | 'loyalty.program.updated'
  | 'loyalty.promotion.created'
  | 'loyalty.promotion.updated'
  | 'oauth.authorization.revoked'
  | 'online_checkout.location_settings.updated'
  | 'online_checkout.merchant_settings.updated'
  | 'order.created'
  | 'order.fulfillment.updated'
  | 'order.updated'
  | 'payment.created'
  | 'payment.updated'
  | 'payout.failed'
  | 'payout.paid'
  | 'payout.sent'
  | 'refund.created'
  | 'refund.updated'
  | 'subscription.created'
  | 'subscription.updated'
  | 'team_member.created'
  | 'team_member.updated'
  | 'team_member.wage_setting.updated'
  | 'terminal.action.created'
  | 'terminal.action.updated'
  | 'terminal.checkout.created'
  | 'terminal.checkout.updated'
  | 'terminal.refund.created'
  | 'terminal.refund.updated'
  | 'transfer_order.created'
  | 'transfer_order.deleted'
  | 'transfer_order.updated';

/** Square's webhooks, by `type`. */
export type SquareEvents = { [Type in Name]: SquareEvent<Type> };
