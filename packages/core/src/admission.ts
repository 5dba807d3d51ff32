import { readBody } from './body.ts';
import { withDeadline } from './deadline.ts';
import { isWebhookError, WebhookError } from './errors.ts';
import { payloadOf, refine, toEvent, type WebhookEvent } from './event.ts';
import { extract } from './extract.ts';
import type { Handshake } from './handshake.ts';
import type { WebhookRequest } from './http.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { Outcome } from './outcome.ts';
import type { Provider } from './provider.ts';
import type { Settings } from './receiver-options.ts';
import type { Credentials } from './rules.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';
import { type Message, verify } from './verify.ts';

/** A verified event on its way to the gate. */
export interface Admitted {
  readonly event: WebhookEvent;
  readonly message: Message;
  /** Set when its schema refused it and it goes to quarantine. */
  readonly refusal: WebhookError | undefined;
}

export type Handshaken = Extract<Outcome<never>, { kind: 'handshake' }>;

/** Takes a request as far as an event, or answers it as a handshake. Throws for everything else. */
export type Admission = (request: WebhookRequest) => Promise<Admitted | Handshaken>;

const NOTHING = new Uint8Array();

export function createAdmission(provider: Provider, settings: Settings): Admission {
  const { rules, keyring, handshakes } = provider;
  const { now, timeout, limit, schemas, quarantine } = settings;
  const clock = { now, tolerance: settings.tolerance };
  const bodyRules = { limit, timeout, decoder: provider.decoder };

  function handshake(
    stage: Handshake['stage'],
    request: WebhookRequest,
    body: Uint8Array,
    payload?: unknown,
  ): Handshaken | undefined {
    for (const each of handshakes) {
      const response = each.stage === stage ? each.answer({ request, body, payload }) : undefined;
      if (response !== undefined) return { kind: 'handshake', handshake: each.name, response };
    }
    return undefined;
  }

  /** A secret resolver is somebody else's code, and may hang. */
  function credentialsFor(request: WebhookRequest): MaybePromise<Credentials> {
    const selected = keyring.select(request, now());
    if (!(selected instanceof Promise)) return selected;
    const message = `the secret resolver did not answer within ${timeout} ms`;
    return withDeadline(timeout, selected, () => new WebhookError('ERR_WEBHOOK_SECRET_UNAVAILABLE', message));
  }

  async function examine(event: WebhookEvent, message: Message, schema: StandardSchemaV1): Promise<Admitted> {
    try {
      return { event: await refine(event, schema), message, refusal: undefined };
    } catch (cause) {
      if (quarantine && isWebhookError(cause) && cause.code === 'ERR_WEBHOOK_PAYLOAD_REFUSED') {
        return { event, message, refusal: cause };
      }
      throw cause;
    }
  }

  return async function admit(request) {
    const asked = handshake('request', request, NOTHING);
    if (asked) return asked;
    if (!provider.methods.includes(request.method)) {
      throw new WebhookError('ERR_WEBHOOK_METHOD', `${provider.name} does not deliver by this method`);
    }
    const body = await readBody(request, bodyRules);
    const probed = handshake('body', request, body);
    if (probed) return probed;
    const credentials = await credentialsFor(request);
    const envelopes = extract(rules, credentials, request, body);
    const message = await verify(rules, envelopes, credentials, clock);
    const payload = payloadOf(provider, message);
    const questioned = handshake('event', request, body, payload);
    if (questioned) return questioned;
    const event = toEvent(provider, message, payload);
    const schema = Object.hasOwn(schemas, event.type) ? schemas[event.type] : undefined;
    return schema ? examine(event, message, schema) : { event, message, refusal: undefined };
  };
}
