import { WebhookError } from './errors.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { parsePayload } from './payload.ts';
import type { EventMap, Provider } from './provider.ts';
import { isCovered } from './scheme.ts';
import { find } from './source.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';
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

/**
 * An event with its payload as a schema makes it.
 *
 * @throws WebhookError `ERR_WEBHOOK_PAYLOAD_REFUSED`
 */
export async function refine(event: WebhookEvent, schema: StandardSchemaV1): Promise<WebhookEvent> {
  const { type, payload } = event;
  const result = await schema['~standard'].validate(payload);
  if (result.issues === undefined) {
    if ('value' in result) return { ...event, payload: result.value };
    throw new TypeError(`the schema for "${type}" answers neither a value nor issues`);
  }
  // Paths only: the text of an issue may quote the payload.
  const paths = result.issues.map(({ path = [] }) => path.map(stepName).join('.') || '(root)');
  throw new WebhookError(
    'ERR_WEBHOOK_PAYLOAD_REFUSED',
    `the schema for "${type}" refuses ${paths.slice(0, 5).join(', ')}: the sender changed, or the schema is too strict`,
    { cause: result.issues },
  );
}

const stepName = (step: PropertyKey | { readonly key: PropertyKey }): string =>
  String(typeof step === 'object' ? step.key : step);

/** A message as an event. */
export function toEvent(provider: Provider, message: Message, payload: unknown): WebhookEvent {
  const { scheme, request, fields, body, timestamp, secretId } = message;
  const { rules } = provider;
  const input = { request, fields, payload };
  const id = find(rules.id, input);
  const type = find(provider.type, input);
  return {
    id: id?.text,
    type: type?.text ?? '',
    payload,
    provider: provider.name,
    timestamp,
    signed: {
      id: id ? isCovered(scheme, id.source, 'id') : scheme.covers.includes('body'),
      type: type !== undefined && isCovered(scheme, type.source, 'type'),
      timestamp: rules.timestamp.some(({ source }) => isCovered(scheme, source, 'timestamp')),
    },
    secretId,
    body,
  };
}
