import type { BodyDecoder } from './body.ts';
import type { Handshake } from './handshake.ts';
import type { WebhookRequest } from './http.ts';
import type { Keyring } from './keyring.ts';
import type { PayloadFormat } from './payload.ts';
import type { SigningRules, TimestampRule, Tolerance } from './rules.ts';
import type { Scheme } from './scheme.ts';
import type { SecretInput } from './secret.ts';
import type { Source, SourceReader } from './source.ts';

/** Event type → payload. An interface will do. */
export type EventMap = object;

/** Any type name, each with an unknown payload: for providers whose types only the application knows. */
export type OpenEvents = Record<string, unknown>;

/** A union told apart by `type`, such as `Stripe.Event`, as a map; a map as it is. */
export type EventsOf<Own extends EventMap> = [Own] extends [{ readonly type: string }]
  ? { [Event in Own as Event['type']]: Event }
  : Own;

/** `publicUrl`: the address the provider was given, as text or worked out from the request. */
export type PublicUrl = string | ((request: WebhookRequest) => string);

/**
 * What is known of a sender, as data: one engine verifies, signs for tests, documents and diagnoses from it.
 * `Option` is where the keys come from (`secret` or `publicKey`), `Extra` what else the factory takes.
 */
export interface ProviderRecord<Option extends string, Extra = unknown> {
  readonly name: string;
  /** The page it was built from, and the day it was read (YYYY-MM-DD). */
  readonly docs?: { readonly url: string; readonly read: string };
  /** `proven`: a published vector or the vendor's own SDK agrees in our tests. `documented`: from the docs alone. */
  readonly status?: 'proven' | 'documented';
  /** Several: strongest first. A function, where they depend on the factory's options. */
  readonly scheme: Schemes<Option> | ((options: Extra) => Schemes<Option>);
  readonly timestamp?: TimestampRule;
  /** The same for every attempt at one event. Without one, `anonymous` takes its place. */
  readonly id?: Source | readonly Source[];
  /** What a delivery without an id is known by. Default: `content`. */
  readonly anonymous?: Anonymous;
  readonly type?: Source | readonly Source[];
  /** Default: JSON. */
  readonly payload?: PayloadFormat;
  /** Default: POST. */
  readonly methods?: readonly string[];
  /** Bytes of body. Default: 1 MiB. */
  readonly limit?: number;
  /** For senders that compress. */
  readonly decoder?: BodyDecoder;
  /** The answer to an accepted delivery, where it is not 200 `{"received":true}`. */
  readonly acknowledge?: Acknowledgement;
  /** What else is answered otherwise than usual. */
  readonly answers?: Answers;
  /** Seconds within which the sender wants its answer. */
  readonly deadline?: number;
  /** Seconds over which the sender retries; 0: never. Feeds the default retention. */
  readonly horizon?: number;
  /** What the sender does with an answer; the most specific pattern counts. Feeds the docs, and holds the tests. */
  readonly reactions?: Reactions;
  /** The requests by which it checks an endpoint. A function, where they depend on the factory's options. */
  readonly handshakes?: readonly Handshake[] | ((options: Extra) => readonly Handshake[]);
}

type Schemes<Option extends string> = Scheme<Option> | readonly Scheme<Option>[];

/** An answer that a provider's record asks for. */
export interface Acknowledgement {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What a delivery that bears no id is known by: `content`, all that was signed, a time of the attempt included; `body`,
 * for senders that sign every attempt anew and whose bodies tell one event from another; `nothing`, for senders whose
 * deliveries are the same bytes every time, so that each counts.
 */
export type Anonymous = 'content' | 'body' | 'nothing';

/** Answers that a sender wants otherwise than the usual ones. */
export interface Answers {
  /** Of a delivery whose signature or time is refused (usually 401). Without a body: none is sent. */
  readonly refused?: Acknowledgement;
  /** Of an event that a handler gave up for good (usually as accepted): what makes the sender stop. */
  readonly permanent?: Acknowledgement;
}

/** `done`: delivered; `retry`: comes again; `drop`: given up; `disable`: the endpoint is switched off. */
export type Reaction = 'done' | 'retry' | 'drop' | 'disable';

/** Statuses (`410`), classes of them (`5xx`) and `timeout`. */
export type Reactions = Readonly<
  Partial<Record<`${number}` | `${1 | 2 | 3 | 4 | 5}xx` | 'timeout', Reaction>>
>;

/** A provider with its keys: what a receiver is made from. */
export interface Provider<Events extends EventMap = EventMap> {
  readonly name: string;
  readonly docs: { readonly url: string; readonly read: string } | undefined;
  readonly status: 'proven' | 'documented' | undefined;
  readonly rules: SigningRules;
  readonly keyring: Keyring;
  readonly tolerance: Tolerance;
  readonly type: readonly SourceReader[];
  readonly anonymous: Anonymous;
  readonly methods: readonly string[];
  readonly limit: number;
  readonly decoder: BodyDecoder | undefined;
  readonly acknowledge: Acknowledgement | undefined;
  readonly answers: Answers;
  readonly reactions: Reactions | undefined;
  readonly deadline: number | undefined;
  readonly horizon: number | undefined;
  readonly handshakes: readonly Handshake[];
  /** For the types alone, and never there: a name, so that a provider of another copy's types is the same. */
  readonly '~events'?: Events;
}

/** One option that holds keys, or at least one of several. `undefined` compiles, for `process.env`, and throws. */
export type Keys<Option extends string> = [Option] extends [never] ? unknown : KeyOptions<Option>;

type KeyOptions<Option extends string> = {
  [Name in Option]: { readonly [Given in Name]: SecretInput | undefined } & {
    readonly [Other in Exclude<Option, Name>]?: SecretInput | undefined;
  };
}[Option];

/**
 * Makes a provider from its keys. The type argument replaces the events it knows by your own map, or by the
 * vendor's union: `stripe<Stripe.Event>({ secret })`.
 */
export type ProviderFactory<Option extends string, Events extends EventMap = OpenEvents, Extra = unknown> = <
  Own extends EventMap = Events,
>(
  options: Keys<Option> & Extra,
) => Provider<EventsOf<Own>>;
