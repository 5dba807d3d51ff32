import { isWebhookError, WebhookError, type WebhookErrorCode } from './errors.ts';
import type { GateEntry, RunOutcome } from './gate.ts';
import type { WebhookResponse } from './http.ts';
import { isReply, type Reply } from './reply.ts';
import type { StoredResponse } from './store.ts';

/** What became of one request. */
export type Outcome<Event> =
  /** Verified, and handled (or nothing handles its type). */
  | {
      readonly kind: 'accepted';
      readonly event: Event;
      readonly handled: boolean;
      readonly reply: Reply | undefined;
    }
  /** Handled before. */
  | { readonly kind: 'duplicate'; readonly event: Event; readonly response: StoredResponse | undefined }
  /** Being handled at this moment; `retryAfter` in seconds. */
  | { readonly kind: 'in-flight'; readonly event: Event; readonly retryAfter: number }
  | { readonly kind: 'handshake'; readonly handshake: string; readonly response: WebhookResponse }
  /** The request's fault. */
  | { readonly kind: 'rejected'; readonly code: WebhookErrorCode; readonly error: WebhookError }
  /** Ours: the handler, the store, or the configuration. `event` is there once it was verified. */
  | {
      readonly kind: 'failed';
      readonly code: WebhookErrorCode;
      readonly error: WebhookError;
      readonly event: Event | undefined;
    };

export type OutcomeKind = Outcome<unknown>['kind'];

/** An error as an outcome: the sender's fault below 500, ours from there on. */
export function outcomeOf<Event>(error: WebhookError, event?: Event): Outcome<Event> {
  const { code, status } = error;
  return status >= 400 && status < 500
    ? { kind: 'rejected', code, error }
    : { kind: 'failed', code, error, event };
}

/** Anything thrown: what is none of ours was thrown by something configured here. */
export const asWebhookError = (cause: unknown): WebhookError =>
  isWebhookError(cause)
    ? cause
    : new WebhookError(
        'ERR_WEBHOOK_INTERNAL',
        'something configured here threw while a delivery was checked',
        { cause },
      );

/** Seconds for `Retry-After`, from what is left of a lease. */
const retrySeconds = (ms: number): number => Math.min(Math.max(Math.ceil(ms / 1000), 1), 60);

/** The gate's answer other than a claim, as an outcome. */
export function outcomeOfEntry<Event>(
  entry: Exclude<GateEntry, { status: 'claimed' }>,
  event: Event,
): Outcome<Event> {
  if (entry.status === 'done') return { kind: 'duplicate', event, response: entry.response };
  if (entry.status === 'busy')
    return { kind: 'in-flight', event, retryAfter: retrySeconds(entry.retryAfterMs) };
  const message =
    'the store cannot be asked whether this is a duplicate: nothing ran, the sender will come again';
  return outcomeOf(new WebhookError('ERR_WEBHOOK_STORE_UNAVAILABLE', message, entry), event);
}

const endings = {
  failed: ['ERR_WEBHOOK_HANDLER_FAILED', 'the handler threw: the sender will come again'],
  rejected: ['ERR_WEBHOOK_PERMANENT', 'the handler gave this event up for good'],
  lost: ['ERR_WEBHOOK_LEASE_LOST', 'another attempt took this delivery over'],
} as const;

/** The end of a run, as an outcome. */
export function outcomeOfRun<Event>(
  run: RunOutcome<unknown>,
  event: Event,
  handled: boolean,
): Outcome<Event> {
  if (run.status === 'ran') {
    return { kind: 'accepted', event, handled, reply: isReply(run.value) ? run.value : undefined };
  }
  if (run.status === 'lost' && isWebhookError(run.cause)) return outcomeOf(run.cause, event);
  const [code, message] = endings[run.status];
  return outcomeOf(new WebhookError(code, message, { cause: run.cause }), event);
}
