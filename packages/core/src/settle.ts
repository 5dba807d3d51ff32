import { assertStore, isTransactional } from './assert-store.ts';
import { dismiss } from './dismiss.ts';
import { misconfigured, WebhookError } from './errors.ts';
import type { Schemas } from './event.ts';
import { DEFAULT_RETENTION } from './gate-rules.ts';
import { type Logger, writeLine } from './logger.ts';
import { memoryStore } from './memory-store.ts';
import type { Provider } from './provider.ts';
import type { AnyReceiverOptions, Settings } from './receiver-options.ts';
import type { Tolerance } from './rules.ts';

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

/** A time that is no number would compare with nothing: no secret would be too old, and no delivery. */
const clockOf =
  (now: () => number): (() => number) =>
  () => {
    const at = now();
    if (Number.isFinite(at)) return at;
    dismiss(at);
    throw new WebhookError('ERR_WEBHOOK_INTERNAL', 'now() gave no time: it must be Unix milliseconds');
  };

/** Words that an option knows: a wrong guess would run something twice, or never. */
const words = {
  fingerprint: ['report', 'ignore', 'reject', 'process'],
  onMissingId: ['process', 'reject'],
  replayGuard: ['report', 'reject'],
} as const;

function assertWords(options: AnyReceiverOptions): void {
  for (const [name, known] of Object.entries(words)) {
    const given = options[name as keyof typeof words];
    if (given === undefined || (known as readonly string[]).includes(given)) continue;
    throw refused(`${name} is ${known.map((word) => `'${word}'`).join(' or ')}`);
  }
}

/** Options that are asked at each delivery: one that is no function would fail all of them. */
const functions = ['dedupKey', 'enqueue', 'now', 'quarantine'] as const;

function assertFunctions(options: AnyReceiverOptions): void {
  for (const name of functions) {
    if (options[name] !== undefined && typeof options[name] !== 'function') {
      throw refused(`${name} is not a function`);
    }
  }
  const { tenant } = options;
  if (tenant !== undefined && typeof tenant !== 'string' && typeof tenant !== 'function') {
    throw refused('tenant is a string, or a function of the event');
  }
}

/** Options that contradict each other. */
function assertSense(provider: Provider, options: AnyReceiverOptions): void {
  const { on, enqueue, store, maxAttempts, onMissingId, dedupKey } = options;
  if (on !== undefined && enqueue !== undefined) {
    throw refused('`on` and `enqueue` exclude each other: with a queue, the worker has the handlers');
  }
  if (enqueue !== undefined && maxAttempts !== undefined) {
    throw refused(
      'maxAttempts would give events up while the queue is away: give it to the gate of the worker, not to a receiver with `enqueue`',
    );
  }
  if (onMissingId === 'reject' && dedupKey === undefined && provider.rules.id.length === 0) {
    throw refused(
      `onMissingId 'reject' would refuse everything: ${provider.name} sends no id, so that \`dedupKey\` has to find one`,
    );
  }
  if (store && isTransactional(store) && on === undefined && enqueue === undefined) {
    throw refused(
      'a transactional store runs handlers inside its transaction: give the receiver `on` (or `enqueue`) and mount it with webhook(); verifyWebhook() and open() need a store with leases',
    );
  }
}

function environment(): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.NODE_ENV;
  } catch {
    // Deno asks for a permission.
    return undefined;
  }
}

/** What is only unwise. */
function warningsOf(provider: Provider, options: AnyReceiverOptions, settings: Settings): string[] {
  const { store, retention } = settings;
  const { tolerance, inFlight } = options;
  const horizon = horizonOf(provider);
  const found: string[] = [];
  if (store !== false && environment() === 'production' && !store.capabilities.shared) {
    found.push(
      `the ${store.name} store is seen by this process alone: with more than one, or after a restart, duplicates run again`,
    );
  }
  if (store !== false && retention < horizon) {
    found.push(
      `${provider.name} retries for ${horizon / 1000} s and deliveries are remembered for ${retention / 1000} s: late retries will run again`,
    );
  }
  if (tolerance !== undefined && tolerance !== 'unchecked' && provider.rules.timestamp.length === 0) {
    found.push(`tolerance has no effect: ${provider.name} signs no timestamp`);
  }
  if (typeof inFlight === 'object' && inFlight.waitMs >= (provider.deadline ?? Infinity) * 1000) {
    found.push(
      `${provider.name} waits ${provider.deadline} s for an answer and duplicates wait for ${inFlight.waitMs / 1000} s: it will have hung up`,
    );
  }
  return found;
}

const horizonOf = (provider: Provider): number => (provider.horizon ?? 0) * 1000;

/**
 * Checks the options and fills in the defaults. What is only unwise is a warning.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION`
 */
export function settle(provider: Provider, options: AnyReceiverOptions): Settings {
  const { name = provider.name, store = memoryStore(), tenant = '', now } = options;
  if (typeof name !== 'string' || name === '') throw refused('name must not be empty, and a string');
  if (store !== false) assertStore(store);
  assertWords(options);
  assertFunctions(options);
  assertSense(provider, options);
  const logger = options.logger === false ? silence : (options.logger ?? console);
  const settings: Settings = {
    ...options,
    name,
    schemas: schemasOf(options.schemas),
    store,
    fingerprint: store === false ? 'ignore' : (options.fingerprint ?? 'report'),
    onMissingId: options.onMissingId ?? 'process',
    tolerance: toleranceOf(options.tolerance, provider),
    now: now === undefined ? Date.now : clockOf(now),
    limit: positive('limit', options.limit ?? provider.limit),
    timeout: positive('timeout', options.timeout ?? 10_000),
    retention: positive('retention', options.retention ?? Math.max(DEFAULT_RETENTION, horizonOf(provider))),
    tenant: typeof tenant === 'function' ? tenant : () => tenant,
    logger,
  };
  for (const problem of warningsOf(provider, options, settings)) {
    writeLine(logger, 'warn', `[countersign] ${name}: ${problem}`);
  }
  return settings;
}
