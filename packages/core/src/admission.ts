import { readBody } from './body.ts';
import { withDeadline } from './deadline.ts';
import { WebhookError, type WebhookErrorCode } from './errors.ts';
import { type Objection, payloadOf, refine, toEvent, type WebhookEvent } from './event.ts';
import { type Delivered, extract } from './extract.ts';
import type { Handshake, HandshakeInput } from './handshake.ts';
import { assertSendable, type WebhookRequest } from './http.ts';
import { andThen, isPromise, type MaybePromise } from './maybe-promise.ts';
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
  readonly refusal: Objection | undefined;
}

export type Handshaken = Extract<Outcome<never>, { kind: 'handshake' }>;

/** Takes a request as far as an event, or answers it as a handshake. Throws, or rejects, for everything else. */
export type Admission = (request: WebhookRequest) => MaybePromise<Admitted | Handshaken>;

const NOTHING = new Uint8Array();

/** Whether nothing of a scheme is asked that the application, or a provider, brought along. */
const answersPromptly = ({ scheme, keys }: Credentials[number]): boolean =>
  !scheme.content && keys.every(({ key }) => key.isPrompt);

export function createAdmission(provider: Provider, settings: Settings): Admission {
  const { rules, keyring, handshakes } = provider;
  const { now, tolerance, timeout, limit, schemas, quarantine } = settings;
  const bodyRules = { limit, timeout, decoder: provider.decoder };
  const terms = { rules, tolerance };

  const late = (what: string, code: WebhookErrorCode) => () =>
    new WebhookError(code, `${what} did not answer within ${timeout} ms`);

  /** What the application brings along is somebody else's code, and may hang. */
  const bounded = <T>(
    what: string,
    answer: MaybePromise<T>,
    code: WebhookErrorCode = 'ERR_WEBHOOK_INTERNAL',
  ): MaybePromise<T> => (isPromise(answer) ? withDeadline(timeout, answer, late(what, code)) : answer);

  /** Whether this is a question, and the answer. */
  async function handshake(
    stage: Handshake['stage'],
    input: Omit<HandshakeInput, 'sign'>,
    secretId?: string,
  ): Promise<Handshaken | undefined> {
    const asked = { ...input, sign: signerFor(input.request, secretId) };
    for (const each of handshakes) {
      if (each.stage !== stage) continue;
      const response = await bounded(`the handshake ${each.name}`, each.answer(asked));
      if (response === undefined) continue;
      assertSendable(response);
      return { kind: 'handshake', handshake: each.name, response };
    }
    return undefined;
  }

  const asks = (stage: Handshake['stage']): boolean => handshakes.some((each) => each.stage === stage);
  const stages = { request: asks('request'), body: asks('body'), event: asks('event') };

  /** Answers a challenge with a proof: by the secret that signed it, or else the first. */
  const signerFor = (request: WebhookRequest, secretId?: string): HandshakeInput['sign'] =>
    async function sign(content) {
      const all = (await credentialsFor(request, now())).flatMap(({ keys }) => keys);
      const { key } = all.find(({ id }) => id === secretId) ?? all[0] ?? {};
      if (key?.sign) return key.sign(content);
      throw new WebhookError(
        'ERR_WEBHOOK_SECRET_UNAVAILABLE',
        `${provider.name} has no key to answer this with`,
      );
    };

  const credentialsFor = (request: WebhookRequest, at: number): MaybePromise<Credentials> =>
    bounded('the secret resolver', keyring.select(request, at), 'ERR_WEBHOOK_SECRET_UNAVAILABLE');

  /** The payload before it is verified, for schemes that sign values of it: what cannot be read has none. */
  async function peek({ request, body }: Delivered): Promise<unknown> {
    try {
      return await rules.payload.parse(body, request);
    } catch {
      return undefined;
    }
  }

  async function examine(raw: WebhookEvent, message: Message, schema: StandardSchemaV1): Promise<Admitted> {
    const { event, refusal } = await refine(raw, schema);
    if (refusal !== undefined && quarantine === undefined) throw refusal.error;
    return { event, message, refusal };
  }

  function toAdmitted(payload: unknown, message: Message): MaybePromise<Admitted> {
    const event = toEvent(provider, message, payload);
    const schema = Object.hasOwn(schemas, event.type) ? schemas[event.type] : undefined;
    if (schema === undefined) return { event, message, refusal: undefined };
    return bounded('the schema', examine(event, message, schema));
  }

  // What is asked from here on is asked in this order, and each of it only when the one before has answered.

  function check(body: Uint8Array, request: WebhookRequest): MaybePromise<Admitted | Handshaken> {
    const delivered = { request, body, payload: undefined, now: now() };
    return andThen(
      credentialsFor(request, delivered.now),
      rules.readsPayload ? peekAndProve : prove,
      delivered,
    );
  }

  const peekAndProve = (
    credentials: Credentials,
    delivered: Delivered,
  ): MaybePromise<Admitted | Handshaken> =>
    andThen(bounded('the payload parser', peek(delivered)), (payload) =>
      prove(credentials, { ...delivered, payload }),
    );

  function prove(credentials: Credentials, delivered: Delivered): MaybePromise<Admitted | Handshaken> {
    const verifying = verify(extract(rules, credentials, delivered), terms);
    const isPrompt = isPromise(verifying) && !rules.timeInPayload && credentials.every(answersPromptly);
    return andThen(isPrompt ? verifying : bounded('the signature scheme', verifying), read);
  }

  const read = (message: Message): MaybePromise<Admitted | Handshaken> =>
    andThen(
      bounded('the payload parser', payloadOf(provider, message)),
      stages.event ? answerOrAdmit : toAdmitted,
      message,
    );

  async function answerOrAdmit(payload: unknown, message: Message): Promise<Admitted | Handshaken> {
    const { request, body, secretId } = message;
    const answered = await handshake('event', { request, body, payload }, secretId);
    return answered ?? toAdmitted(payload, message);
  }

  function deliver(request: WebhookRequest): MaybePromise<Admitted | Handshaken> {
    if (!provider.methods.includes(request.method)) {
      throw new WebhookError('ERR_WEBHOOK_METHOD', `${provider.name} does not deliver by this method`);
    }
    return andThen(readBody(request, bodyRules), stages.body ? answerOrCheck : check, request);
  }

  const answerOrCheck = async (body: Uint8Array, request: WebhookRequest): Promise<Admitted | Handshaken> =>
    (await handshake('body', { request, body, payload: undefined })) ?? check(body, request);

  const answerOrDeliver = async (request: WebhookRequest): Promise<Admitted | Handshaken> =>
    (await handshake('request', { request, body: NOTHING, payload: undefined })) ?? deliver(request);

  return stages.request ? answerOrDeliver : deliver;
}
