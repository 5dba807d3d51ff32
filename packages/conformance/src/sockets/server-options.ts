/** What a server process is told when it starts. */
export interface ServerOptions {
  readonly framework: string;
  /** Bytes of a body. */
  readonly limit: number;
  /** ms; of the receiver. */
  readonly timeout: number;
  /** ms; Node's own. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
}

type Settings = Omit<ServerOptions, 'framework'>;

/** Bounds that nobody runs into by accident, however busy the machine. */
export const PATIENT: Settings = {
  limit: 100_000,
  timeout: 120_000,
  headersTimeout: 120_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 120_000,
};

/** Bounds that are run into in a moment. */
export const HASTY: Settings = {
  ...PATIENT,
  timeout: 1500,
  headersTimeout: 2500,
  keepAliveTimeout: 2500,
};

/** As Node and Countersign are without a word. */
export const USUAL: Settings = {
  limit: 1_048_576,
  timeout: 10_000,
  headersTimeout: 60_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 5_000,
};

export const SECRET = 'whsec_c29ja2V0cy1hcmUtaG9zdGlsZS1ieS1kZWZhdWx0';

/** How an endpoint is mounted. */
export const MOUNTS = ['webhook', 'route', 'inflate'] as const;

export type Mount = (typeof MOUNTS)[number];

/** `/json,raw.webhook.text`: what stands before an endpoint, how it is mounted, what stands behind. */
export const pathOf = (
  mount: Mount,
  before: readonly string[] = [],
  behind: readonly string[] = [],
): string => `/${[before.join(','), mount, behind.join(',')].join('.')}`;
