import { type Admitted, createAdmission } from './admission.ts';
import { utf8 } from './bytes.ts';
import type { Claim } from './claim.ts';
import { createEntrance } from './entrance.ts';
import { WebhookError } from './errors.ts';
import type { EventOf, Schemas, WebhookEvent } from './event.ts';
import { createGate, openGate, runClaim } from './gate.ts';
import { type Handler, handlerTable, type Platform } from './handlers.ts';
import { createObserver } from './hooks.ts';
import { toFetchResponse, type WebhookRequest, type WebhookResponse } from './http.ts';
import { asWebhookError, type Outcome, outcomeOf, outcomeOfEntry, outcomeOfRun } from './outcome.ts';
import type { EventMap, Provider } from './provider.ts';
import { type AnyReceiverOptions, type ReceiverOptions, type Refined, settle } from './receiver-options.ts';
import { isReply } from './reply.ts';
import { reserveName } from './reserve-name.ts';
import { respond } from './respond.ts';
import type { StoredResponse } from './store.ts';

/** An endpoint: a provider, its keys, and what to do with its events. Mounted by an adapter, or served by `fetch`. */
export interface Receiver<Event extends WebhookEvent = WebhookEvent> {
  readonly name: string;
  readonly provider: Provider;
  /** Whether it has handlers (`on`): `webhook()` mounts such a one, `verifyWebhook()` one without. */
  readonly handles: boolean;
  /**
   * Verifies and parses; no store, no handlers.
   *
   * @throws WebhookError
   */
  verify(request: WebhookRequest): Promise<Event>;
  /** Verifies, deduplicates and handles. Total: it never rejects. */
  receive(request: WebhookRequest, platform?: Platform): Promise<Outcome<Event>>;
  /** `receive`, and the answer for the sender. */
  handle(request: WebhookRequest, platform?: Platform): Promise<WebhookResponse>;
  /** Verifies and claims an event for a route of your own, which settles it; or says what to answer instead. */
  open(request: WebhookRequest, platform?: Platform): Promise<Opened<Event>>;
  /** For everything that speaks Fetch: Workers, Bun, Deno, Next.js route handlers. */
  fetch(request: Request, ...platform: unknown[]): Promise<Response>;
}

export type Opened<Event> =
  | {
      readonly event: Event;
      readonly response?: undefined;
      /** Completes (`true`) or releases the claim. Returns an answer to send in place of yours, if there must be one. */
      settle(ok: boolean): Promise<WebhookResponse | undefined>;
    }
  | { readonly event?: undefined; readonly response: WebhookResponse; readonly settle?: undefined };

/** Bytes of an answer kept for duplicates; a longer one is not. */
const STORED_ANSWER = 4096;

function storedAnswer(value: unknown): StoredResponse | undefined {
  if (!isReply(value) || utf8(value.body).length > STORED_ANSWER) return undefined;
  return { status: value.status, body: value.body, contentType: value.headers['content-type'] };
}

const handshakeMet = (name: string): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_HANDSHAKE',
    `this is the handshake ${name}, no event: let handle() or open() answer it`,
  );

/** Workers pass `(env, ctx)`, others one object; whatever has `waitUntil` is asked to wait. */
function platformOf(values: readonly unknown[]): Platform {
  const [env] = values;
  const context = values.find(
    (value): value is Required<Platform> =>
      typeof (value as Platform | null | undefined)?.waitUntil === 'function',
  );
  return context === undefined ? { env } : { env, waitUntil: (work) => context.waitUntil(work) };
}

/**
 * Makes an endpoint.
 *
 * @param provider who sends: `stripe({ secret })`
 * @param options handlers, store, limits; all have defaults
 * @throws TypeError with a code `ERR_WEBHOOK_CONFIG_…` for options that cannot be meant
 * @example
 * ```ts
 * const payments = createReceiver(stripe({ secret: process.env.STRIPE_SECRET }), {
 *   on: { 'invoice.paid': async (event) => fulfil(event.payload.data.object.id) },
 * });
 * ```
 */
export function createReceiver<Events extends EventMap, Own extends Schemas = Record<never, never>>(
  provider: Provider<Events>,
  options: ReceiverOptions<Events, Own> = {},
): Receiver<EventOf<Refined<Events, Own>>> {
  return build(provider as Provider, options as unknown as AnyReceiverOptions) as unknown as Receiver<
    EventOf<Refined<Events, Own>>
  >;
}

function build(provider: Provider, options: AnyReceiverOptions): Receiver {
  const settings = settle(provider, options);
  const { name, store, quarantine } = settings;
  const observer = createObserver(name, options.hooks ?? {}, settings.logger, settings.now);
  const handlers = handlerTable(options.on ?? {});
  const gate =
    store === false
      ? openGate
      : createGate({ ...options, store, retention: settings.retention, onTrouble: observer.trouble });
  const admit = createAdmission(provider, settings);
  const enter = createEntrance(provider, settings, gate, observer);
  // Last: a receiver that could not be made takes no name.
  if (store !== false) reserveName(store, name);

  function handlerFor({ event, refusal }: Admitted): Handler<WebhookEvent> | undefined {
    if (refusal !== undefined) return (refused) => quarantine?.(refused, refusal.cause);
    return handlers.get(event.type) ?? handlers.get('*');
  }

  async function run(admitted: Admitted, claim: Claim, platform: Platform): Promise<Outcome<WebhookEvent>> {
    const { event } = admitted;
    const handler = handlerFor(admitted);
    const ended = await runClaim(claim, (context) => handler?.(event, { ...context, platform }), {
      stored: storedAnswer,
      onRejected: (cause) => observer.deadLetter(event, cause),
    });
    return outcomeOfRun(ended, event, handler !== undefined);
  }

  function observed(outcome: Outcome<WebhookEvent>, platform: Platform): Outcome<WebhookEvent> {
    observer.outcome(outcome, platform);
    return outcome;
  }

  async function receive(request: WebhookRequest, platform: Platform = {}): Promise<Outcome<WebhookEvent>> {
    try {
      const admitted = await admit(request);
      if ('kind' in admitted) return observed(admitted, platform);
      const entry = await enter(admitted);
      if (entry.status !== 'claimed') return observed(outcomeOfEntry(entry, admitted.event), platform);
      return observed(await run(admitted, entry.claim, platform), platform);
    } catch (cause) {
      return observed(outcomeOf(asWebhookError(cause)), platform);
    }
  }

  const handle = async (request: WebhookRequest, platform?: Platform): Promise<WebhookResponse> =>
    respond(await receive(request, platform), provider);

  /** A claimed event in the hands of a route: settled once, by what that route answers. */
  function opened(event: WebhookEvent, claim: Claim, platform: Platform): Opened<WebhookEvent> {
    const settleBy = async (ok: boolean): Promise<WebhookResponse | undefined> => {
      const ended = await runClaim(claim, () => {
        if (!ok) throw new Error('the route answered with an error, or not at all');
      });
      const outcome = observed(outcomeOfRun(ended, event, true), platform);
      return ok && outcome.kind === 'failed' ? respond(outcome, provider) : undefined;
    };
    let settled: Promise<WebhookResponse | undefined> | undefined;
    return {
      event,
      settle(ok) {
        settled ??= settleBy(ok);
        return settled;
      },
    };
  }

  async function open(request: WebhookRequest, platform: Platform = {}): Promise<Opened<WebhookEvent>> {
    const answer = (outcome: Outcome<WebhookEvent>) => ({
      response: respond(observed(outcome, platform), provider),
    });
    try {
      const admitted = await admit(request);
      if ('kind' in admitted) return answer(admitted);
      const entry = await enter(admitted);
      if (entry.status !== 'claimed') return answer(outcomeOfEntry(entry, admitted.event));
      if (admitted.refusal) return answer(await run(admitted, entry.claim, platform));
      return opened(admitted.event, entry.claim, platform);
    } catch (cause) {
      return answer(outcomeOf(asWebhookError(cause)));
    }
  }

  return {
    name,
    provider,
    handles: options.on !== undefined,
    receive,
    handle,
    open,
    async verify(request) {
      try {
        const admitted = await admit(request);
        if ('event' in admitted && admitted.refusal === undefined) return admitted.event;
        throw 'event' in admitted ? admitted.refusal : handshakeMet(admitted.handshake);
      } catch (cause) {
        throw asWebhookError(cause);
      }
    },
    async fetch(request, ...platform) {
      return toFetchResponse(await handle(request as unknown as WebhookRequest, platformOf(platform)));
    },
  };
}
