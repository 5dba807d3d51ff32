import { type Admitted, createAdmission, type Handshaken } from './admission.ts';
import { dedupKey, keyPart } from './dedup-key.ts';
import { createEntrance } from './entrance.ts';
import { misconfigured, WebhookError } from './errors.ts';
import type { EventOf, Schemas, WebhookEvent } from './event.ts';
import { FetchRequest } from './fetch-request.ts';
import { createKeeper } from './gate.ts';
import type { Platform } from './handlers.ts';
import { createObserver } from './hooks.ts';
import { toFetchResponse, type WebhookRequest, type WebhookResponse } from './http.ts';
import { createIdentify, type Identity } from './identity.ts';
import type { Opening, Refusal } from './keeper.ts';
import { andThen, isPromise, type MaybePromise, orElse } from './maybe-promise.ts';
import {
  asWebhookError,
  type Mismatch,
  type Outcome,
  outcomeOf,
  outcomeOfRefusal,
  outcomeOfRun,
} from './outcome.ts';
import { platformOf } from './platform-of.ts';
import type { EventMap, Provider } from './provider.ts';
import type { AnyReceiverOptions, ReceiverOptions, Refined } from './receiver-options.ts';
import { reserveName } from './reserve-name.ts';
import { respond } from './respond.ts';
import { createRouter, type Route } from './route.ts';
import type { RunHooks, RunOutcome } from './run-claim.ts';
import { handOut } from './run-context.ts';
import { settle } from './settle.ts';
import { storedAnswer } from './stored-answer.ts';

/** An endpoint: a provider, its keys, and what to do with its events. Mounted by an adapter, or served by `fetch`. */
export interface Receiver<Event extends WebhookEvent = WebhookEvent> {
  readonly name: string;
  readonly provider: Provider;
  /** Whether it has handlers (`on`, `enqueue`): `webhook()` mounts such a one, `verifyWebhook()` one without. */
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
  /**
   * Verifies and claims an event for a route of your own, which settles it; or says what to answer instead.
   *
   * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT` with a transactional store, which cannot be held open for a route
   */
  open(request: WebhookRequest, platform?: Platform): Promise<Opened<Event>>;
  /**
   * Forgets an event, so that it runs again when it is redelivered by hand: without that, the redelivery of an event
   * that is done, or was given up, is acknowledged as a duplicate and nothing runs. What `once` has done stays done;
   * of one id with several bodies (`fingerprint: 'process'`) the first is forgotten.
   *
   * @param id the event's id, or what `dedupKey` made of it
   * @param options whose: needed where the option `tenant` is a function
   * @returns false when there was nothing to forget
   * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` when the tenant is not given; Error when the store does not answer
   */
  forget(id: string, options?: { readonly tenant?: string }): Promise<boolean>;
  /** For everything that speaks Fetch: Workers, Bun, Deno, Next.js route handlers. */
  fetch(request: Request, ...platform: unknown[]): Promise<Response>;
}

/** What `open` gives a route: a claimed event for it to settle, or an answer to send in its place. */
export type Opened<Event> =
  | {
      readonly event: Event;
      readonly response?: undefined;
      /** Completes (`true`) or releases the claim. Returns an answer to send in place of yours, if there must be one. */
      settle(ok: boolean): Promise<WebhookResponse | undefined>;
    }
  | { readonly event?: undefined; readonly response: WebhookResponse; readonly settle?: undefined };

const handshakeMet = (name: string): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_HANDSHAKE',
    `this is the handshake ${name}, no event: let handle() or open() answer it`,
  );

const cannotOpen = (name: string): TypeError =>
  misconfigured(
    'ERR_WEBHOOK_CONFIG_MOUNT',
    `the receiver "${name}" has a transactional store, which cannot be held open for a route: mount it with webhook()`,
  );

const whoseEvent = (name: string): TypeError =>
  misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    `the tenants of "${name}" are told apart by a function of the event: say whose event to forget, { tenant }`,
  );

/** A route of the application's own: `open`. */
const ROUTE = { handled: true, failure: 'ERR_WEBHOOK_HANDLER_FAILED' } as const;

const endsOfRuns = new Set(['ran', 'failed', 'rejected', 'lost']);

const hasRun = (end: { readonly status: string }): end is RunOutcome<unknown> => endsOfRuns.has(end.status);

interface Passing {
  readonly admitted: Admitted;
  readonly platform: Platform;
}

const failedBefore = (cause: unknown): Outcome<WebhookEvent> => outcomeOf(asWebhookError(cause));

const outcomeOfEnd = (
  end: RunOutcome<unknown> | Refusal | Mismatch,
  { event, way }: { readonly event: WebhookEvent; readonly way: Omit<Route, 'run'> },
): Outcome<WebhookEvent> => (hasRun(end) ? outcomeOfRun(end, event, way) : outcomeOfRefusal(end, event));

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
export function createReceiver<
  Events extends EventMap,
  Own extends Schemas = Record<never, never>,
  Tx = undefined,
>(
  provider: Provider<Events>,
  options: ReceiverOptions<Events, Own, Tx> = {},
): Receiver<EventOf<Refined<Events, Own>>> {
  return build(provider as Provider, options as unknown as AnyReceiverOptions) as unknown as Receiver<
    EventOf<Refined<Events, Own>>
  >;
}

function build(provider: Provider, options: AnyReceiverOptions): Receiver {
  const settings = settle(provider, options);
  const { name, store } = settings;
  const observer = createObserver(name, options.hooks ?? {}, settings.logger, settings.now);
  const route = createRouter(options);
  const keeper = createKeeper({
    ...options,
    store,
    retention: settings.retention,
    onTrouble: observer.trouble,
  });
  const admit = createAdmission(provider, settings);
  const identify = createIdentify(provider, settings, observer);
  const entrance = createEntrance(settings, observer);
  // Last: a receiver that could not be made takes no name.
  if (store !== false) reserveName(store, name);

  const hooksFor = (event: WebhookEvent): RunHooks<unknown> => ({
    stored: storedAnswer,
    onRejected: (cause) => observer.deadLetter(event, cause),
  });

  function observed(outcome: Outcome<WebhookEvent>, platform: Platform): Outcome<WebhookEvent> {
    observer.outcome(outcome, platform);
    return outcome;
  }

  const become = (request: WebhookRequest, platform: Platform): MaybePromise<Outcome<WebhookEvent>> =>
    andThen(
      orElse(() => andThen(admit(request), know, platform), failedBefore),
      observed,
      platform,
    );

  const know = (admitted: Admitted | Handshaken, platform: Platform): MaybePromise<Outcome<WebhookEvent>> =>
    'kind' in admitted ? admitted : andThen(identify(admitted), pass, { admitted, platform });

  function pass(identity: Identity, { admitted, platform }: Passing): MaybePromise<Outcome<WebhookEvent>> {
    const { event } = admitted;
    const way = route(admitted, identity.key);
    const end = keeper.pass(
      entrance(event, identity),
      (context) => way.run(handOut(context, { platform })),
      hooksFor(event),
    );
    return andThen(end, outcomeOfEnd, { event, way });
  }

  const handle = async (request: WebhookRequest, platform: Platform = {}): Promise<WebhookResponse> =>
    respond(await become(request, platform), provider);

  /** A claimed event in the hands of a route: settled once, by what that route answers. */
  function opened(event: WebhookEvent, opening: Opening, platform: Platform): Opened<WebhookEvent> {
    const settleBy = async (ok: boolean): Promise<WebhookResponse | undefined> => {
      const end = await opening.run(() => {
        if (!ok) throw new Error('the route answered with an error, or not at all');
      }, hooksFor(event));
      const outcome = observed(outcomeOfRun(end, event, ROUTE), platform);
      // A failure given up for good has to be acknowledged, whatever the route made of it.
      const isOverruled = outcome.kind === 'failed' && (ok || outcome.code === 'ERR_WEBHOOK_PERMANENT');
      return isOverruled ? respond(outcome, provider) : undefined;
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
    if (keeper.open === undefined) throw cannotOpen(name);
    const answer = (outcome: Outcome<WebhookEvent>) => ({
      response: respond(observed(outcome, platform), provider),
    });
    try {
      const admitted = await admit(request);
      if ('kind' in admitted) return answer(admitted);
      const { event, refusal } = admitted;
      const identity = await identify(admitted);
      const entry = await keeper.open(entrance(event, identity));
      if (!('run' in entry)) return answer(outcomeOfRefusal(entry, event));
      if (refusal === undefined) return opened(event, entry, platform);
      const way = route(admitted, identity.key);
      const end = await entry.run((context) => way.run(handOut(context, { platform })), hooksFor(event));
      return answer(outcomeOfRun(end, event, way));
    } catch (cause) {
      return answer(failedBefore(cause));
    }
  }

  return {
    name,
    provider,
    handles: options.on !== undefined || options.enqueue !== undefined,
    receive: async (request, platform = {}) => become(request, platform),
    handle,
    open,
    async verify(request) {
      try {
        const admitting = admit(request);
        const admitted = isPromise(admitting) ? await admitting : admitting;
        if ('event' in admitted && admitted.refusal === undefined) return admitted.event;
        throw 'event' in admitted ? admitted.refusal?.error : handshakeMet(admitted.handshake);
      } catch (cause) {
        throw asWebhookError(cause);
      }
    },
    async forget(id, { tenant = options.tenant ?? '' } = {}) {
      if (typeof tenant === 'function') throw whoseEvent(name);
      return keeper.forget(await dedupKey(provider.name, keyPart(name), keyPart(tenant), keyPart(id)));
    },
    async fetch(request, ...platform) {
      return toFetchResponse(await handle(new FetchRequest(request), platformOf(platform)));
    },
  };
}
