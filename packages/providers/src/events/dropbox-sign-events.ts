// Names: `EventTypeEnum` of npm @dropbox/sign@1.11.0. Read 2026-11-22.

/** A callback. Only the time and the type of its event are signed. */
export interface DropboxSignPayload<Type extends string = string> {
  event: {
    event_time: string;
    event_type: Type;
    event_hash: string;
    event_metadata?: Record<string, unknown>;
  };
  account_guid?: string;
  signature_request?: Record<string, unknown>;
  template?: Record<string, unknown>;
  [field: string]: unknown;
}

/** Names of events. */
type Name =
  | 'account_confirmed'
  | 'callback_test'
  | 'file_error'
  | 'sign_url_invalid'
  | 'signature_request_all_signed'
  | 'signature_request_canceled'
  | 'signature_request_declined'
  | 'signature_request_destroyed'
  | 'signature_request_downloadable'
  | 'signature_request_email_bounce'
  | 'signature_request_expired'
  | 'signature_request_incomplete_qes'
  | 'signature_request_invalid'
  | 'signature_request_prepared'
  | 'signature_request_reassigned'
  | 'signature_request_remind'
  | 'signature_request_sent'
  | 'signature_request_signed'
  | 'signature_request_signer_removed'
  | 'signature_request_viewed'
  | 'template_created'
  | 'template_error'
  | 'unknown_error';

/** Dropbox Sign's callbacks, by `event.event_type`. */
export type DropboxSignEvents = { [Type in Name]: DropboxSignPayload<Type> };
