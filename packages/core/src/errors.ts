/**
 * Every way a delivery can fail: the status that is answered, and the one coarse word the sender is told.
 * All signature and clock failures share a word, so that an answer teaches a forger nothing.
 */
const failures = {
  ERR_WEBHOOK_SIGNATURE_MISSING: [401, 'signature_invalid'],
  ERR_WEBHOOK_SIGNATURE_MALFORMED: [401, 'signature_invalid'],
  ERR_WEBHOOK_SIGNATURE_MISMATCH: [401, 'signature_invalid'],
  ERR_WEBHOOK_ID_MISSING: [401, 'signature_invalid'],
  ERR_WEBHOOK_ID_MALFORMED: [401, 'signature_invalid'],
  ERR_WEBHOOK_TIMESTAMP_MISSING: [401, 'signature_invalid'],
  ERR_WEBHOOK_TIMESTAMP_MALFORMED: [401, 'signature_invalid'],
  ERR_WEBHOOK_TIMESTAMP_TOO_OLD: [401, 'signature_invalid'],
  ERR_WEBHOOK_TIMESTAMP_TOO_NEW: [401, 'signature_invalid'],
  ERR_WEBHOOK_HANDSHAKE_REFUSED: [403, 'handshake_refused'],
  ERR_WEBHOOK_HANDSHAKE: [400, 'handshake'],
  ERR_WEBHOOK_PAYLOAD_INVALID: [400, 'payload_invalid'],
  ERR_WEBHOOK_PAYLOAD_REFUSED: [400, 'payload_invalid'],
  ERR_WEBHOOK_ID_REQUIRED: [400, 'id_required'],
  ERR_WEBHOOK_FINGERPRINT_MISMATCH: [409, 'fingerprint_mismatch'],
  ERR_WEBHOOK_METHOD: [405, 'method_not_allowed'],
  ERR_WEBHOOK_BODY_TOO_LARGE: [413, 'body_too_large'],
  ERR_WEBHOOK_BODY_ENCODING: [415, 'encoding_unsupported'],
  ERR_WEBHOOK_BODY_TIMEOUT: [408, 'body_timeout'],
  ERR_WEBHOOK_BODY_ABORTED: [408, 'body_timeout'],
  ERR_WEBHOOK_BODY_CONSUMED: [500, 'misconfigured'],
  ERR_WEBHOOK_SECRET_UNAVAILABLE: [500, 'misconfigured'],
  ERR_WEBHOOK_INTERNAL: [500, 'misconfigured'],
  ERR_WEBHOOK_HANDLER_FAILED: [500, 'handler_failed'],
  ERR_WEBHOOK_PERMANENT: [200, 'rejected'],
  ERR_WEBHOOK_ENQUEUE_FAILED: [503, 'retry_later'],
  ERR_WEBHOOK_KEY_UNAVAILABLE: [503, 'retry_later'],
  ERR_WEBHOOK_STORE_UNAVAILABLE: [503, 'retry_later'],
  ERR_WEBHOOK_LEASE_LOST: [503, 'retry_later'],
} as const satisfies Record<string, readonly [status: number, answer: string]>;

/** The codes of {@link WebhookError}; the README explains each under its own heading. */
export type WebhookErrorCode = keyof typeof failures;

/**
 * A delivery that was not accepted. `code` is stable and is what to test; `message` is for the operator and says what
 * to change; `status` and `answer` are for the sender. No secret, expected signature or payload is ever in any of them.
 * `instanceof` holds for the class of another copy of this package too, as when one was imported and one required.
 *
 * @example
 * ```ts
 * try {
 *   await receiver.verify(request);
 * } catch (error) {
 *   if (isWebhookError(error) && error.code === 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD') console.warn('stale');
 *   else throw error;
 * }
 * ```
 */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: WebhookErrorCode;
  readonly status: number;
  readonly answer: string;

  constructor(code: WebhookErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    [this.status, this.answer] = failures[code];
  }

  /** Holds for an error of another copy of this package, too. */
  static [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass inherits this, and is not this class.
    return isInstance(this, value);
  }
}

/** The status of a failure, and the word that the sender is told. */
export const failureOf = (code: WebhookErrorCode): readonly [status: number, answer: string] =>
  failures[code];

/** Anything may be thrown, also what throws when it is looked at. */
function isSo(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}

/** Whether something thrown is a {@link WebhookError}, from whichever copy of this package. */
export const isWebhookError = (error: unknown): error is WebhookError => isNamed(error, 'WebhookError');

const isNamed = (error: unknown, name: string): boolean =>
  isSo(() => error instanceof Error && error.name === name && 'code' in error);

/** What `instanceof` is by itself, which tells subclasses apart; and the same class of another copy, by its name. */
const isInstance = (type: unknown, value: unknown): boolean =>
  Function.prototype[Symbol.hasInstance].call(type, value) ||
  (type === WebhookError && isWebhookError(value)) ||
  (type === PermanentError && isNamed(value, 'PermanentError'));

/** Whether it says that a delivery is refused, or has failed, as this copy of the package would say it. */
export const isFailure = (error: unknown): error is WebhookError =>
  isWebhookError(error) &&
  isSo(() => {
    const [status, answer] = Object.hasOwn(failures, error.code) ? failures[error.code] : [0];
    return status >= 400 && status === error.status && answer === error.answer;
  });

/**
 * Thrown by a handler for an event that will never succeed: it is acknowledged, recorded as rejected and handed
 * to the `onDeadLetter` hook, instead of being sent again for days.
 *
 * @example
 * ```ts
 * const orders = createReceiver(provider, {
 *   on: {
 *     'order.paid': async (event) => {
 *       if (!(await findOrder(event.payload))) throw new PermanentError('no such order');
 *     },
 *   },
 * });
 * ```
 */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly code = 'ERR_WEBHOOK_PERMANENT';

  /** Holds for an error of another copy of this package, too. */
  /** Holds for an error of another copy of this package, too. */
  static [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: as above.
    return isInstance(this, value);
  }
}

export const isPermanentError = (error: unknown): boolean =>
  isSo(() => error instanceof Error && (error as { code?: unknown }).code === 'ERR_WEBHOOK_PERMANENT');

/** What a factory refuses to be built from. Thrown as a `TypeError` with this `code`, when the program starts. */
export type ConfigurationCode =
  | 'ERR_WEBHOOK_CONFIG_SECRET'
  | 'ERR_WEBHOOK_CONFIG_OPTION'
  | 'ERR_WEBHOOK_CONFIG_PROVIDER'
  | 'ERR_WEBHOOK_CONFIG_NAME_TAKEN'
  | 'ERR_WEBHOOK_CONFIG_MOUNT';

/** A `TypeError` with a stable code, whose message says what to change. */
export const misconfigured = (
  code: ConfigurationCode,
  message: string,
): TypeError & { code: ConfigurationCode } => Object.assign(new TypeError(message), { code });
