import type { EventOf, Schemas, WebhookEvent } from './event.ts';
import type { GateOptions } from './gate-rules.ts';
import type { Enqueue, Handlers } from './handlers.ts';
import type { Hooks } from './hooks.ts';
import type { Logger } from './logger.ts';
import type { EventMap, OpenEvents } from './provider.ts';
import type { Tolerance } from './rules.ts';
import type { SchemaOutput } from './standard-schema.ts';
import type { DedupStore } from './store.ts';
import type { TransactionalStore } from './transactional-store.ts';

/** The payloads of `Events`, with those that a schema makes. Open maps close to what the schemas name. */
export type Refined<Events extends EventMap, Own extends Schemas> = keyof Own extends never
  ? Events
  : string extends keyof Events
    ? { [Type in keyof Own]: SchemaOutput<Own[Type]> }
    : {
        [Type in keyof Events | keyof Own]: Type extends keyof Own
          ? SchemaOutput<Own[Type]>
          : Type extends keyof Events
            ? Events[Type]
            : never;
      };

/** Handlers and hooks follow from provider and schemas; nothing about them is inferred the other way round. */
type Chosen<Events extends EventMap, Own extends Schemas> = Refined<NoInfer<Events>, NoInfer<Own>>;

/** `Tx` is what handlers write with, where the store is transactional: it follows from the store. */
export interface ReceiverOptions<
  Events extends EventMap = EventMap,
  Own extends Schemas = Schemas,
  Tx = undefined,
> extends Pick<
    GateOptions,
    'lease' | 'retention' | 'maxRun' | 'deadline' | 'inFlight' | 'onStoreError' | 'maxAttempts'
  > {
  /** The endpoint's name, part of every dedup key. Default: the provider's. */
  readonly name?: string;
  /** Event type → handler; `'*'` takes the rest. Leave it out to handle events in a route of your own. */
  readonly on?: Handlers<Chosen<Events, Own>, NoInfer<Tx>>;
  /**
   * In place of `on`: hands every event to a queue, and resolves when the job is durable; a 2xx follows. When it
   * throws, the sender is asked to come again (503). The worker runs the job behind a gate of its own, under
   * `context.key`. With a transactional store a job written through `context.tx` and the record of its delivery are
   * one.
   */
  readonly enqueue?: Enqueue<EventOf<Chosen<Events, Own>>, NoInfer<Tx>>;
  /** Event type → any Standard Schema, whose output becomes the payload. */
  readonly schemas?: Own;
  /** Takes events whose schema refused them, in place of a 400: it must keep them before it returns. */
  readonly quarantine?: (event: WebhookEvent, issues: unknown) => unknown;
  /**
   * Default: a bounded `memoryStore()`. A transactional one runs each handler inside a transaction of its database,
   * `context.tx`. `false`: every delivery runs, duplicates too.
   */
  readonly store?: DedupStore | TransactionalStore<Tx> | false;
  /** Seconds a signed timestamp may be off; `unchecked` to accept any. Default: the provider's. */
  readonly tolerance?: number | Tolerance | 'unchecked';
  /** Unix ms; for tests. */
  readonly now?: () => number;
  /** Bytes of body. Default: the provider's. */
  readonly limit?: number;
  /** ms to read a body, and ms for a secret resolver. Default 10,000. */
  readonly timeout?: number;
  /** The id to deduplicate by, where the provider's own is not the right one. `undefined`: its own. */
  readonly dedupKey?: (event: EventOf<Chosen<Events, Own>>) => string | undefined;
  /** Keeps tenants apart in one store. */
  readonly tenant?: string | ((event: EventOf<Chosen<Events, Own>>) => string);
  /**
   * An event without an id: take the digest of its signed content for one (`process`, the default; the hook
   * `onMissingId` is told), or refuse it with 400 (`reject`).
   */
  readonly onMissingId?: 'process' | 'reject';
  /**
   * The same id with another body, by its raw bytes. Senders do that on retries, so it is a duplicate by default, and
   * the hook `onFingerprintMismatch` is told (`report`). `ignore`: do not compare. `reject`: refuse it with 409.
   * `process`: handle it as a delivery of its own.
   */
  readonly fingerprint?: 'report' | 'ignore' | 'reject' | 'process';
  /** Where the id is not signed: notice (`report`) or drop (`reject`) signed content that comes again under a new id. */
  readonly replayGuard?: 'report' | 'reject';
  readonly hooks?: Hooks<EventOf<Chosen<Events, Own>>>;
  /** Default: `console`. `false`: silence. */
  readonly logger?: Logger | false;
}

/** Options of a receiver whose events are not known by name: as the engine sees them. */
export type AnyReceiverOptions = ReceiverOptions<OpenEvents, Record<never, never>, unknown>;

/** Options with every default filled in. */
export interface Settings extends Pick<AnyReceiverOptions, 'dedupKey' | 'quarantine' | 'replayGuard'> {
  readonly name: string;
  readonly schemas: Schemas;
  readonly store: NonNullable<AnyReceiverOptions['store']>;
  readonly fingerprint: NonNullable<AnyReceiverOptions['fingerprint']>;
  readonly onMissingId: NonNullable<AnyReceiverOptions['onMissingId']>;
  readonly tolerance: Tolerance | undefined;
  readonly now: () => number;
  readonly limit: number;
  readonly timeout: number;
  readonly retention: number;
  readonly tenant: (event: WebhookEvent) => string;
  readonly logger: Logger;
}
