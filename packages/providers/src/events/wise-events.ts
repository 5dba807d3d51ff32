// Names: Wise API reference, "Webhook event types"; see https://docs.wise.com/api-reference/webhook-event. More exist.

/** What it sends, by type. */
export interface WiseEvents {
  'transfers#state-change': unknown;
  'transfers#active-cases': unknown;
  'balances#credit': unknown;
  [type: string]: unknown;
}
