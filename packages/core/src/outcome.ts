import { isFailure, WebhookError, type WebhookErrorCode } from './errors.ts';
import type { WebhookResponse } from './http.ts';
import type { Refusal } from './keeper.ts';
import { isReply, type Reply } from './reply.ts';
import type { RunOutcome } from './run-claim.ts';
import type { StoredResponse } from './store.ts';
import { keptAnswer } from './stored-answer.ts';

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

/** The six things that can become of a request. */
export type OutcomeKind = Outcome<unknown>['kind'];

/** An error as an outcome: the sender's fault below 500, ours from there on. */
export function outcomeOf<Event>(error: WebhookError, event?: Event): Outcome<Event> {
  const { code, status } = error;
  return status >= 400 && status < 500
    ? { kind: 'rejected', code, error }
    : { kind: 'failed', code, error, event };
}

/** Anything thrown: what is none of ours, or no failure, was thrown by something configured here. */
export const asWebhookError = (cause: unknown): WebhookError =>
  isFailure(cause)
    ? cause
    : new WebhookError(
        'ERR_WEBHOOK_INTERNAL',
        'something configured here threw while a delivery was checked',
        { cause },
      );

/** Seconds for `Retry-After`, from what is left of a lease. */
const retrySeconds = (ms: number): number => Math.min(Math.max(Math.ceil(ms / 1000), 1), 60);

/** Same id, other body, with `fingerprint: 'reject'`. */
export interface Mismatch {
  readonly status: 'mismatch';
}

/** The gate's answer where nothing ran, as an outcome. */
export function outcomeOfRefusal<Event>(entry: Refusal | Mismatch, event: Event): Outcome<Event> {
  switch (entry.status) {
    case 'done':
      return { kind: 'duplicate', event, response: keptAnswer(entry.response) };
    case 'busy':
      return { kind: 'in-flight', event, retryAfter: retrySeconds(entry.retryAfterMs) };
    case 'mismatch': {
      const message = "this id came before with another body, which fingerprint: 'reject' refuses";
      return outcomeOf(new WebhookError('ERR_WEBHOOK_FINGERPRINT_MISMATCH', message), event);
    }
    case 'unavailable': {
      const message =
        'the store cannot be asked whether this is a duplicate, or cannot commit: the sender will come again';
      return outcomeOf(new WebhookError('ERR_WEBHOOK_STORE_UNAVAILABLE', message, entry), event);
    }
  }
}

const endings = {
  ERR_WEBHOOK_HANDLER_FAILED: 'the handler threw: the sender will come again',
  ERR_WEBHOOK_ENQUEUE_FAILED: 'the event could not be handed to the queue: the sender will come again',
  ERR_WEBHOOK_PERMANENT: 'this event is given up for good, by its handler or after maxAttempts',
  ERR_WEBHOOK_LEASE_LOST: 'another attempt took this delivery over',
} as const;

/** What a failure is called: what failed, and how it ended. */
export type FailureCode = 'ERR_WEBHOOK_HANDLER_FAILED' | 'ERR_WEBHOOK_ENQUEUE_FAILED';

/** The end of a run, as an outcome. */
export function outcomeOfRun<Event>(
  run: RunOutcome<unknown>,
  event: Event,
  { handled, failure }: { readonly handled: boolean; readonly failure: FailureCode },
): Outcome<Event> {
  if (run.status === 'ran') {
    return { kind: 'accepted', event, handled, reply: isReply(run.value) ? run.value : undefined };
  }
  if (run.status === 'lost' && isFailure(run.cause)) return outcomeOf(run.cause, event);
  const code = (
    { failed: failure, rejected: 'ERR_WEBHOOK_PERMANENT', lost: 'ERR_WEBHOOK_LEASE_LOST' } as const
  )[run.status];
  return outcomeOf(new WebhookError(code, endings[code], { cause: run.cause }), event);
}
