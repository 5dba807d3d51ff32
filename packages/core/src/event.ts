import { WebhookError } from './errors.ts';
import { isDeeper } from './is-deeper.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { parsePayload } from './payload.ts';
import type { EventMap, Provider } from './provider.ts';
import { isCovered } from './scheme.ts';
import { find } from './source.ts';
import type { SchemaIssue, SchemaResult, StandardSchemaV1 } from './standard-schema.ts';
import type { Message } from './verify.ts';

/** A verified, parsed delivery. */
export interface WebhookEvent<Type extends string = string, Payload = unknown> {
  /** The provider's id, the same for every attempt; `undefined` where it sends none. */
  readonly id: string | undefined;
  /** `''` where the provider names no type. */
  readonly type: Type;
  readonly payload: Payload;
  readonly provider: string;
  /** When this attempt was sent. */
  readonly timestamp: Date | undefined;
  /** What the signature covers. The rest is only asserted: true on a genuine delivery, free to a replayed one. */
  readonly signed: { readonly id: boolean; readonly type: boolean; readonly timestamp: boolean };
  /** Which secret matched: its `id`, or its place in the list. */
  readonly secretId: string | undefined;
  /** The bytes that were verified. */
  readonly body: Uint8Array;
}

/** The events of a map, as a union that `type` tells apart; of a map that nothing is known of, any event. */
export type EventOf<Events extends EventMap> = [keyof Events] extends [never]
  ? WebhookEvent
  : { [Type in keyof Events & string]: WebhookEvent<Type, Events[Type]> }[keyof Events & string];

/** Event type → schema whose output becomes the payload. */
export type Schemas = Readonly<Record<string, StandardSchemaV1>>;

/** The payload of a message: parsed already where its timestamp stood in it. */
export const payloadOf = (provider: Provider, { payload, body, request }: Message): MaybePromise<unknown> =>
  payload ? payload.value : parsePayload(provider.rules.payload, body, request);

/** What a schema has against a payload. The issues may quote it: they are for whoever keeps the event, and no log. */
export interface Objection {
  readonly error: WebhookError;
  readonly issues: readonly SchemaIssue[];
}

/** Levels that no sender has a reason to nest in, and that a schema which calls itself can still descend. */
const DEEP = 256;

/** What engines throw when their stack is full. */
const OVERFLOWS = new Set(['RangeError', 'InternalError']);

/** Whether a schema has failed for want of stack, and the sender is to blame for it. */
function isTooDeep(cause: unknown, payload: unknown): boolean {
  try {
    return OVERFLOWS.has((cause as Error).name) && isDeeper(payload, DEEP);
  } catch {
    return false;
  }
}

function tooDeep(type: string): Objection {
  const message = `nested deeper than ${DEEP} levels, which the schema for "${type}" cannot descend`;
  const error = new WebhookError(
    'ERR_WEBHOOK_PAYLOAD_REFUSED',
    `the payload is ${message}: if the sender means it, give a schema that does not call itself`,
  );
  return { error, issues: [{ message }] };
}

/** Steps of a path that are told: how many there are is up to the sender. */
const MAX_STEPS = 16;

const pathName = ({ path = [] }: SchemaIssue): string => {
  const names = path.slice(0, MAX_STEPS).map(stepName).join('.') || '(root)';
  return path.length > MAX_STEPS ? `${names}…` : names;
};

/** An event with its payload as a schema makes it, or what the schema has against it. */
export async function refine(
  event: WebhookEvent,
  schema: StandardSchemaV1,
): Promise<{ readonly event: WebhookEvent; readonly refusal: Objection | undefined }> {
  const { type, payload } = event;
  let result: SchemaResult<unknown>;
  try {
    result = await schema['~standard'].validate(payload);
  } catch (cause) {
    if (isTooDeep(cause, payload)) return { event, refusal: tooDeep(type) };
    throw cause;
  }
  if (result.issues === undefined) {
    if ('value' in result) return { event: { ...event, payload: result.value }, refusal: undefined };
    throw new TypeError(`the schema for "${type}" answers neither a value nor issues`);
  }
  const { issues } = result;
  const paths = issues.slice(0, 5).map(pathName);
  const error = new WebhookError(
    'ERR_WEBHOOK_PAYLOAD_REFUSED',
    `the schema for "${type}" refuses ${paths.join(', ')}: the sender changed, or the schema is too strict`,
  );
  return { event, refusal: { error, issues } };
}

/** Names of fields, and nothing that may be a value: the keys of a record are what the sender put there. */
const NAME = /^[\w$-]{1,64}$/;

function stepName(step: PropertyKey | { readonly key: PropertyKey }): string {
  const key = typeof step === 'object' ? step.key : step;
  return typeof key !== 'string' || NAME.test(key) ? String(key) : '*';
}

/** A message as an event. */
export function toEvent(provider: Provider, message: Message, payload: unknown): WebhookEvent {
  const { scheme, request, fields, id: signedId, body, isTimed, timestamp, secretId } = message;
  const input = { request, fields, payload };
  const id = signedId === undefined ? find(provider.rules.id, input) : undefined;
  const type = find(provider.type, input);
  return {
    id: signedId ?? id?.text,
    type: type?.text ?? '',
    payload,
    provider: provider.name,
    timestamp,
    signed: {
      id: id ? isCovered(scheme, id.source, 'id') : signedId !== undefined || scheme.covers.includes('body'),
      type: type !== undefined && isCovered(scheme, type.source, 'type'),
      timestamp: isTimed,
    },
    secretId,
    body,
  };
}
