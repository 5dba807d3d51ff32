// Names: the topics of https://developers.facebook.com/docs/graph-api/webhooks/reference (Graph API v25 and
// v26), and `payments`, which the overview beside it names. Read 2026-11-22.

/** A field that changed, and what it is now. */
export interface MetaChange<Value = unknown> {
  field: string;
  value: Value;
  [field: string]: unknown;
}

/** A message or another event of Messenger or Instagram. Times are Unix ms. */
export interface MetaMessaging {
  sender?: { id: string; [field: string]: unknown };
  recipient?: { id: string; [field: string]: unknown };
  timestamp?: number;
  message?: { mid?: string; text?: string; [field: string]: unknown };
  postback?: Record<string, unknown>;
  [field: string]: unknown;
}

/** What happened to one object. A delivery may hold many: deduplicate each (`ctx.once`). */
export interface MetaEntry<Value = unknown> {
  id: string;
  time?: number;
  changes?: MetaChange<Value>[];
  messaging?: MetaMessaging[];
  /** What another app handles at the moment. */
  standby?: MetaMessaging[];
  /** In place of `changes`, where the app did not ask for values. */
  changed_fields?: string[];
  [field: string]: unknown;
}

/** A delivery about objects of one kind. */
export interface MetaPayload<Kind extends string = string, Value = unknown> {
  object: Kind;
  entry: MetaEntry<Value>[];
  [field: string]: unknown;
}

/** What changed in a WhatsApp business account; the field `messages` tells of messages and their statuses. */
export interface WhatsAppValue {
  messaging_product?: string;
  metadata?: { display_phone_number: string; phone_number_id: string; [field: string]: unknown };
  messages?: { id: string; from?: string; timestamp: string; type: string; [field: string]: unknown }[];
  statuses?: { id: string; status: string; timestamp: string; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** Kinds of object other than WhatsApp's. */
type MetaObject =
  | 'ad_account'
  | 'application'
  | 'catalog'
  | 'instagram'
  | 'managed_meta_account'
  | 'page'
  | 'payments'
  | 'permissions'
  | 'user';

/** Meta's webhooks, by `object`. */
export type MetaEvents = { [Kind in MetaObject]: MetaPayload<Kind> } & {
  whatsapp_business_account: MetaPayload<'whatsapp_business_account', WhatsAppValue>;
};
