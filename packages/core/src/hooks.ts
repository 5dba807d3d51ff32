import { dismiss } from './dismiss.ts';
import type { WebhookError } from './errors.ts';
import type { HandlerContext } from './handlers.ts';
import { type Logger, writeLine } from './logger.ts';
import type { Outcome, OutcomeKind } from './outcome.ts';

/** They observe. One that throws is reported and changes nothing; only `onDeadLetter` is waited for. */
export interface Hooks<Event> {
  /** Verified, and handled: or not, where nothing handles its type. */
  onAccepted?(event: Event, info: { readonly handled: boolean }): unknown;
  /** Handled before: it was acknowledged, and nothing ran. */
  onDuplicate?(event: Event): unknown;
  /** Being handled at this moment: the sender was asked to come again. */
  onInFlight?(event: Event): unknown;
  /** A question of the provider, answered; the handshake's name. */
  onHandshake?(name: string): unknown;
  /** Refused, and it is the request's fault. */
  onRejected?(error: WebhookError): unknown;
  /** Not handled, and it is ours: the handler, the store or the configuration. The event, once it was verified. */
  onFailed?(error: WebhookError, event: Event | undefined): unknown;
  /** An event given up for good. Keep it before returning: it is recorded and acknowledged after this. */
  onDeadLetter?(event: Event, cause: unknown): unknown;
  /** The same id with another body. Senders do that on retries; what becomes of it is said by `fingerprint`. */
  onFingerprintMismatch?(event: Event): unknown;
  /** An event without an id: the digest of its signed content takes its place. */
  onMissingId?(event: Event): unknown;
  /** Signed content that was handled before, under an unsigned id that is new. */
  onReplay?(event: Event): unknown;
}

/** Hooks for what is worth knowing about a delivery that goes on. */
export type Notice = 'onFingerprintMismatch' | 'onMissingId' | 'onReplay';

/** Tells hooks and logger; never throws. */
export interface Observer<Event> {
  outcome(outcome: Outcome<Event>, platform: HandlerContext['platform']): void;
  notice(hook: Notice, event: Event): void;
  deadLetter(event: Event, cause: unknown): Promise<void>;
  trouble(message: string, cause: unknown): void;
}

/** A hook, and what it is told of an outcome. */
type Telling<Told = Outcome<unknown>> = readonly [
  hook: keyof Hooks<unknown>,
  told: (outcome: Told) => readonly unknown[],
];

const tellings: {
  readonly [Kind in OutcomeKind]: Telling<Extract<Outcome<unknown>, { kind: Kind }>>;
} = {
  accepted: ['onAccepted', ({ event, handled }) => [event, { handled }]],
  duplicate: ['onDuplicate', ({ event }) => [event]],
  'in-flight': ['onInFlight', ({ event }) => [event]],
  handshake: ['onHandshake', ({ handshake }) => [handshake]],
  rejected: ['onRejected', ({ error }) => [error]],
  failed: ['onFailed', ({ error, event }) => [error, event]],
};

type AnyHooks = Readonly<Record<string, ((...told: readonly unknown[]) => unknown) | undefined>>;

/** ms between two log lines for one reason of rejection: strangers must not fill the log. */
const QUIET = 60_000;

function textOf(cause: unknown): string {
  try {
    return cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause;
  } catch {
    return 'something that cannot even be read';
  }
}

export function createObserver<Event>(
  name: string,
  hooks: Hooks<Event>,
  logger: Logger,
  now: () => number,
): Observer<Event> {
  const lines = new Map<string, { until: number; held: number }>();

  const write = (level: keyof Logger, text: string): void =>
    writeLine(logger, level, `[countersign] ${name}: ${text}`);

  const trouble = (message: string, cause: unknown): void => write('error', `${message} (${textOf(cause)})`);

  /** Calls a hook; what it throws, now or later, is told and goes no further. */
  async function call(hook: keyof Hooks<Event>, ...told: readonly unknown[]): Promise<void> {
    try {
      await (hooks as AnyHooks)[hook]?.(...told);
    } catch (cause) {
      trouble(`the hook ${hook} threw, which changes nothing`, cause);
    }
  }

  function logRejection({ code, message, status }: WebhookError): void {
    const at = now();
    const line = lines.get(code);
    if (line !== undefined && at < line.until) {
      line.held++;
      return;
    }
    const more = line?.held ? ` (and ${line.held} more like it)` : '';
    lines.set(code, { until: at + QUIET, held: 0 });
    write('warn', `${status} ${code}: ${message}${more}`);
  }

  function logFailure({ code, message, status, cause }: WebhookError): void {
    write('error', `${status} ${code}: ${message}${cause === undefined ? '' : ` (${textOf(cause)})`}`);
  }

  function tell(outcome: Outcome<Event>): Promise<void> | undefined {
    const [hook, told] = tellings[outcome.kind] as Telling;
    // Most deliveries are told to nobody.
    return hooks[hook] && call(hook, ...told(outcome));
  }

  return {
    outcome(outcome, platform) {
      try {
        const told = tell(outcome);
        if (outcome.kind === 'rejected') logRejection(outcome.error);
        if (outcome.kind === 'failed') logFailure(outcome.error);
        if (told !== undefined) dismiss(platform.waitUntil?.(told));
      } catch (cause) {
        trouble('the clock or waitUntil of the platform threw', cause);
      }
    },
    notice: (hook, event) => void call(hook, event),
    deadLetter: (event, cause) => call('onDeadLetter', event, cause),
    trouble,
  };
}
