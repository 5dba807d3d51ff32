/** A run of the handler. */
export interface Run {
  readonly id: string;
  readonly attempt: number;
  readonly takeover: boolean;
  /** The signed bytes, as hex. */
  readonly body: string;
  /** Whether it came to its end, and did not throw. */
  done: boolean;
}

/** What happened inside of an app, for whoever asks from outside. */
export interface Ledger {
  readonly runs: Run[];
  /** While it is true, hooks wait, and handlers that were asked to. */
  isHeld: boolean;
  /** Ids of events of which a hook was told, to its end. */
  readonly hooks: string[];
  /** Whether the platform has a waitUntil. */
  hasWaitUntil: boolean;
  /** For each call of it: ids of events whose handler was not at its end. */
  readonly waits: (readonly string[])[];
}
