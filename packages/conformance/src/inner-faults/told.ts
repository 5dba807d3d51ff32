/** What a delivery comes to: the kind of its outcome, or the code of its error. */
export type Told = keyof typeof answers;

/** What the sender is then told, as documented. */
export const answers = {
  accepted: [200, '{"received":true}'],
  duplicate: [200, '{"received":true}'],
  'in-flight': [503, '{"error":"retry_later"}'],
  handshake: [200, 'pong'],
  ERR_WEBHOOK_SIGNATURE_MISSING: [401, '{"error":"signature_invalid"}'],
  ERR_WEBHOOK_SIGNATURE_MALFORMED: [401, '{"error":"signature_invalid"}'],
  ERR_WEBHOOK_SIGNATURE_MISMATCH: [401, '{"error":"signature_invalid"}'],
  ERR_WEBHOOK_TIMESTAMP_TOO_OLD: [401, '{"error":"signature_invalid"}'],
  ERR_WEBHOOK_TIMESTAMP_TOO_NEW: [401, '{"error":"signature_invalid"}'],
  ERR_WEBHOOK_PAYLOAD_INVALID: [400, '{"error":"payload_invalid"}'],
  ERR_WEBHOOK_PAYLOAD_REFUSED: [400, '{"error":"payload_invalid"}'],
  ERR_WEBHOOK_METHOD: [405, '{"error":"method_not_allowed"}'],
  ERR_WEBHOOK_BODY_ENCODING: [415, '{"error":"encoding_unsupported"}'],
  ERR_WEBHOOK_BODY_TIMEOUT: [408, '{"error":"body_timeout"}'],
  ERR_WEBHOOK_BODY_ABORTED: [408, '{"error":"body_timeout"}'],
  ERR_WEBHOOK_BODY_CONSUMED: [500, '{"error":"misconfigured"}'],
  ERR_WEBHOOK_SECRET_UNAVAILABLE: [500, '{"error":"misconfigured"}'],
  ERR_WEBHOOK_INTERNAL: [500, '{"error":"misconfigured"}'],
  ERR_WEBHOOK_HANDLER_FAILED: [500, '{"error":"handler_failed"}'],
  ERR_WEBHOOK_PERMANENT: [200, '{"received":true}'],
  ERR_WEBHOOK_ENQUEUE_FAILED: [503, '{"error":"retry_later"}'],
  ERR_WEBHOOK_STORE_UNAVAILABLE: [503, '{"error":"retry_later"}'],
  ERR_WEBHOOK_LEASE_LOST: [503, '{"error":"retry_later"}'],
} as const satisfies Record<string, readonly [status: number, body: string]>;

export const answerOf = (told: Told): string => answers[told].join(' ');
