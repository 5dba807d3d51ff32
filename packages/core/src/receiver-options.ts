import { misconfigured } from './errors.ts';
import type { EventOf, Schemas, WebhookEvent } from './event.ts';
import { DEFAULT_RETENTION, type GateOptions } from './gate.ts';
import type { Handlers } from './handlers.ts';
import type { Hooks } from './hooks.ts';
import type { Logger } from './logger.ts';
import { memoryStore } from './memory-store.ts';
import type { EventMap, OpenEvents, Provider } from './provider.ts';
import type { Tolerance } from './rules.ts';
import type { SchemaOutput } from './standard-schema.ts';
import type { DedupStore } from './store.ts';

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

export interface ReceiverOptions<Events extends EventMap = EventMap, Own extends Schemas = Schemas>
  extends Pick<GateOptions, 'lease' | 'retention' | 'maxRun' | 'inFlight' | 'onStoreError'> {
  /** The endpoint's name, part of every dedup key. Default: the provider's. */
  readonly name?: string;
  /** Event type → handler; `'*'` takes the rest. Leave it out to handle events in a route of your own. */
  readonly on?: Handlers<Chosen<Events, Own>>;
  /** Event type → any Standard Schema, whose output becomes the payload. */
  readonly schemas?: Own;
  /** Takes events whose schema refused them, in place of a 400: it must keep them before it returns. */
  readonly quarantine?: (event: WebhookEvent, issues: unknown) => unknown;
  /** Default: a bounded `memoryStore()`. `false`: every delivery runs, duplicates too. */
  readonly store?: DedupStore | false;
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
  /** Where the id is not signed: notice (`report`) or drop (`reject`) signed content that comes again under a new id. */
  readonly replayGuard?: 'report' | 'reject';
  readonly hooks?: Hooks<EventOf<Chosen<Events, Own>>>;
  /** Default: `console`. `false`: silence. */
  readonly logger?: Logger | false;
}

/** Options of a receiver whose events are not known by name: as the engine sees them. */
export type AnyReceiverOptions = ReceiverOptions<OpenEvents, Record<never, never>>;

/** Options with every default filled in. */
export interface Settings extends Pick<AnyReceiverOptions, 'dedupKey' | 'quarantine' | 'replayGuard'> {
  readonly name: string;
  readonly schemas: Schemas;
  readonly store: DedupStore | false;
  readonly tolerance: Tolerance | undefined;
  readonly now: () => number;
  readonly limit: number;
  readonly timeout: number;
  readonly retention: number;
  readonly tenant: (event: WebhookEvent) => string;
  readonly logger: Logger;
}

const refused = (problem: string): TypeError => misconfigured('ERR_WEBHOOK_CONFIG_OPTION', problem);

const silence: Logger = { warn() {}, error() {} };

function positive(name: string, value: number): number {
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value;
  throw refused(`${name} must be a number above 0`);
}

function toleranceOf(given: AnyReceiverOptions['tolerance'], provider: Provider): Tolerance | undefined {
  if (given === 'unchecked') return undefined;
  if (given === undefined) return provider.tolerance;
  const tolerance = typeof given === 'number' ? { past: given, future: given } : given;
  for (const seconds of [tolerance.past, tolerance.future]) {
    if (!(Number.isFinite(seconds) && seconds >= 0)) {
      throw refused(`tolerance is seconds, 0 or more; to accept any timestamp, say 'unchecked'`);
    }
  }
  return tolerance;
}

function assertStore(store: DedupStore): void {
  const verbs = ['claim', 'complete', 'release', 'extend'] as const;
  const missing = verbs.filter((verb) => typeof store[verb] !== 'function');
  if (missing.length === 0 && store.capabilities?.atomic === true) return;
  throw refused(
    'store must be a DedupStore with an atomic claim: memoryStore(), or one of the store packages. A key-value store cannot be one',
  );
}

function schemasOf(schemas: Schemas = {}): Schemas {
  for (const [type, schema] of Object.entries(schemas)) {
    const { version, validate } = schema?.['~standard'] ?? {};
    if (version !== 1 || typeof validate !== 'function') {
      throw refused(
        `schemas["${type}"] is no Standard Schema: take one of zod, valibot, arktype or another that is`,
      );
    }
  }
  return schemas;
}

const environment = (): string | undefined =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.NODE_ENV;

/**
 * Checks the options and fills in the defaults. What is only unwise is a warning.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION`
 */
export function settle(provider: Provider, options: AnyReceiverOptions): Settings {
  const { name = provider.name, store = memoryStore(), tolerance, tenant = '', now = Date.now } = options;
  if (name === '') throw refused('name must not be empty');
  const logger = options.logger === false ? silence : (options.logger ?? console);
  const horizon = (provider.horizon ?? 0) * 1000;
  const retention = positive('retention', options.retention ?? Math.max(DEFAULT_RETENTION, horizon));
  const settings: Settings = {
    ...options,
    name,
    schemas: schemasOf(options.schemas),
    store,
    tolerance: toleranceOf(tolerance, provider),
    now,
    limit: positive('limit', options.limit ?? provider.limit),
    timeout: positive('timeout', options.timeout ?? 10_000),
    retention,
    tenant: typeof tenant === 'function' ? tenant : () => tenant,
    logger,
  };
  const warn = (problem: string) => logger.warn(`[countersign] ${name}: ${problem}`);
  if (store !== false) {
    assertStore(store);
    if (environment() === 'production' && !store.capabilities.shared) {
      warn(
        `the ${store.name} store is seen by this process alone: with more than one, or after a restart, duplicates run again`,
      );
    }
    if (retention < horizon) {
      warn(
        `${provider.name} retries for ${horizon / 1000} s and deliveries are remembered for ${retention / 1000} s: late retries will run again`,
      );
    }
  }
  if (tolerance !== undefined && tolerance !== 'unchecked' && provider.rules.timestamp.length === 0) {
    warn(`tolerance has no effect: ${provider.name} signs no timestamp`);
  }
  return settings;
}
