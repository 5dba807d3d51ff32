/** A place where a delivery can be held, by its id. */
export const STEPS = ['claim', 'handler', 'complete'] as const;

export type Step = (typeof STEPS)[number];

/** A handler that has returned. */
export interface Run {
  readonly id: string;
  /** SHA-256 of the bytes that it was given, in hex. */
  readonly digest: string;
  /** When, in ms of a clock that all processes of a machine share. */
  readonly ended: number;
}

/** What a server holds at a moment. In peace all of it is as it was before the first request. */
export interface Holdings {
  /** Timers that have neither fired nor been cleared, those that keep no process alive among them. */
  readonly timers: number;
  readonly sockets: number;
  /** Listeners of the process and of the server. */
  readonly listeners: number;
  /** Listeners of the connection that has most of them. */
  readonly socketListeners: number;
  /** Claims that nobody has completed or released. */
  readonly claims: number;
  /** Requests that something still refers to. */
  readonly requests: number;
}

/** What it cost a server, since it was last asked. In ms. */
export interface Effort {
  /** Of its processor, for which a busy machine is no excuse. */
  readonly cpu: number;
  /** The longest time that its event loop stood still. */
  readonly stall: number;
}

/** What a server tells. */
export type News =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'step'; readonly step: Step; readonly id: string }
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'holdings'; readonly holdings: Holdings; readonly effort: Effort };

/** What a server is told. */
export type Order = { readonly kind: 'release'; readonly id: string } | { readonly kind: 'count' };

/** ms of a clock that all processes of a machine share. */
export const clock = (): number => Number(process.hrtime.bigint()) / 1e6;
