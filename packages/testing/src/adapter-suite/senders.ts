import {
  defineProvider,
  hmac,
  type OpenEvents,
  type PayloadFormat,
  type Provider,
  type PublicUrl,
  queryEcho,
  token,
} from '@countersign/core';

/** Where the suite mounts its receiver. */
export const PATH = '/hooks/acme';

/** Keys of the two tenants. */
export const secrets = { mine: 'adapter-suite-secret', other: 'adapter-suite-other-secret' } as const;

const signature = hmac({
  header: 'acme-signature',
  prefix: 'sha256=',
  hash: 'sha256',
  encoding: 'hex',
  content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
});

/** Leaves any bytes as they are: what is tested is how they arrive. */
const bytes: PayloadFormat = { name: 'other', parse: (body) => body };

const facts = {
  scheme: signature,
  id: { header: 'acme-id' },
  timestamp: { header: 'acme-timestamp', unit: 's' },
  type: { header: 'acme-type' },
} as const;

const acme = defineProvider({
  ...facts,
  name: 'acme',
  payload: bytes,
  handshakes: [queryEcho({ name: 'echo', when: { mode: 'subscribe' }, challenge: 'challenge' })],
});

const acmeJson = defineProvider({ ...facts, name: 'acme-json' });

/** Wants an empty 200. */
const acmeTaciturn = defineProvider({
  ...facts,
  name: 'acme-taciturn',
  payload: bytes,
  acknowledge: { status: 200 },
});

const acmeUrl = defineProvider<'secret', OpenEvents, { readonly publicUrl: PublicUrl }>({
  name: 'acme-url',
  scheme: hmac({
    header: 'acme-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['url', { text: '.' }, 'body'],
  }),
  payload: bytes,
});

const acmeToken = defineProvider({
  name: 'acme-token',
  scheme: token({ header: 'authorization', prefix: 'Bearer ' }),
  payload: bytes,
});

/** The public origin that URL signatures cover; nothing of it is in a request. */
export const ORIGIN = 'https://hooks.example.com';

/**
 * The suite's own senders, each a provider ready for `createReceiver`.
 *
 * @example
 * ```ts
 * const receiver = createReceiver(senders.bytes(), { on: {} });
 * ```
 */
export const senders = {
  bytes: (): Provider<OpenEvents> => acme({ secret: secrets.mine }),
  otherBytes: (): Provider<OpenEvents> => acme({ secret: secrets.other }),
  /** The secret of the tenant in the query, for a region in a header. */
  tenants: (): Provider<OpenEvents> =>
    acme({
      secret: async ({ method, url, headers }) => {
        if (method !== 'POST' || headers.get('Acme-Region') !== 'eu') return undefined;
        if (url.endsWith(`${PATH}?tenant=mine`)) return secrets.mine;
        return url.endsWith(`${PATH}?tenant=other`) ? [secrets.other] : undefined;
      },
    }),
  json: (): Provider<OpenEvents> => acmeJson({ secret: secrets.mine }),
  taciturn: (): Provider<OpenEvents> => acmeTaciturn({ secret: secrets.mine }),
  url: (): Provider<OpenEvents> => acmeUrl({ secret: secrets.mine, publicUrl: ORIGIN }),
  token: (): Provider<OpenEvents> => acmeToken({ secret: secrets.mine }),
};
