import {
  defineProvider,
  type Envelope,
  misconfigured,
  type ProviderFactory,
  type Scheme,
} from '@countersign/core';
import { base64url, type CryptoKey, errors, FlattenedSign, flattenedVerify, importPKCS8 } from 'jose';
import type { TruelayerEvents } from './events/truelayer-events.ts';
import { detachedJws } from './keys/detached-jws.ts';
import { fetchedKeySet } from './keys/fetched-key-set.ts';
import { type KeySet, keyInSet } from './keys/key-set.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { exactText } from './schemes/exact-text.ts';
import { p521Jwks } from './schemes/p521-jwks.ts';

export type * from './events/truelayer-events.ts';

/** The only addresses of keys, whatever a signature says. */
const environments = {
  production: 'https://webhooks.truelayer.com/.well-known/jwks',
  sandbox: 'https://webhooks.truelayer-sandbox.com/.well-known/jwks',
} as const;

const TIME = 'x-tl-webhook-timestamp';

/** Options of {@link truelayer}. */
export interface TruelayerOptions extends FetchOption {
  /** Whose webhooks are taken. Default: those of `production` alone. */
  readonly environment?: keyof typeof environments | undefined;
}

interface TruelayerHeader {
  readonly alg?: unknown;
  readonly kid?: unknown;
  readonly jku?: unknown;
  readonly tl_version?: unknown;
  readonly tl_headers?: unknown;
  readonly crit?: unknown;
}

const pathOf = (url: string): string =>
  url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] || '/';

/** A proxy may add or take a slash at the end, and TrueLayer's own libraries do not mind. */
const spellings = (path: string): readonly string[] => [
  path,
  path.endsWith('/') ? path.slice(0, -1) : `${path}/`,
];

/** Method and path, the headers that the signature names in its own spelling, and the body. */
function signingInput({ request, body }: Envelope, path: string, names: readonly string[]): Uint8Array {
  const headers = names.map((name) => `${name}: ${request.headers.get(name) ?? ''}\n`).join('');
  const head = new TextEncoder().encode(`${request.method.toUpperCase()} ${path}\n${headers}`);
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

/** The names of a signature that is one of TrueLayer's: with its time among them, and each once. */
function namesOf({ tl_headers: text }: TruelayerHeader): readonly string[] | undefined {
  if (typeof text !== 'string' || !/^[\w-]+(?:,[\w-]+)*$/.test(text)) return undefined;
  const names = text.split(',');
  const lower = new Set(names.map((name) => name.toLowerCase()));
  return lower.size === names.length && lower.has(TIME) ? names : undefined;
}

function schemeOf({ environment = 'production', fetch }: TruelayerOptions): Scheme<never> {
  if (!Object.hasOwn(environments, environment)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      `environment is one of ${Object.keys(environments).join(', ')}`,
    );
  }
  const address = environments[environment];
  const keys: KeySet<CryptoKey> = fetchedKeySet(address, { fetch }, p521Jwks);

  async function holds(sent: string, envelope: Envelope): Promise<boolean> {
    const jws = detachedJws(sent);
    const header: TruelayerHeader = jws?.header ?? {};
    const { alg, kid, jku, tl_version: version, crit } = header;
    const names = namesOf(header);
    const isTheirs = alg === 'ES512' && version === '2' && jku === address && crit === undefined;
    if (jws === undefined || names === undefined || typeof kid !== 'string' || !isTheirs) return false;
    const key = await keyInSet(keys, kid, envelope.now);
    if (key === undefined) return false;
    const signature = base64url.encode(jws.signature);
    let matched = false;
    for (const path of spellings(pathOf(envelope.request.url))) {
      const payload = base64url.encode(signingInput(envelope, path, names));
      const token = { protected: jws.protected, payload, signature };
      matched =
        (await flattenedVerify(token, key, { algorithms: ['ES512'] }).then(() => true, refusal)) || matched;
    }
    return matched;
  }

  return {
    kind: 'jws',
    secret: { encoding: 'utf8' },
    grammar: { header: 'tl-signature' },
    encoding: 'text',
    covers: ['method', 'path', { header: TIME }, 'body'],
    key: () => ({
      async verify(_content, envelope) {
        let matched = false;
        for (const sent of envelope.signatures) {
          matched = (await holds(exactText(sent), envelope)) || matched;
        }
        return matched;
      },
    }),
    async signWith(privateKey, _content, envelope) {
      const pem = `-----BEGIN PRIVATE KEY-----\n${privateKey as string}\n-----END PRIVATE KEY-----`;
      const payload = signingInput(envelope, pathOf(envelope.request.url), ['X-Tl-Webhook-Timestamp']);
      const header = {
        alg: 'ES512',
        kid: 'sample',
        tl_version: '2',
        tl_headers: 'X-Tl-Webhook-Timestamp',
        jku: address,
      };
      const signer = new FlattenedSign(payload).setProtectedHeader(header);
      const made = await signer.sign(await importPKCS8(pem, 'ES512'));
      return new TextEncoder().encode(`${made.protected}..${made.signature}`);
    },
  };
}

function refusal(error: unknown): false {
  if (error instanceof errors.JOSEError) return false;
  throw error;
}

/**
 * TrueLayer. The keys are fetched from TrueLayer, never from elsewhere, whatever a signature says. The signature covers
 * method, path, time and body; the path is the one that arrives here, so a proxy must not change it.
 *
 * @see https://docs.truelayer.com/docs/configure-webhooks-for-your-integration
 */
export const truelayer: ProviderFactory<never, TruelayerEvents, TruelayerOptions> = defineProvider<
  never,
  TruelayerEvents,
  TruelayerOptions
>({
  name: 'truelayer',
  docs: { url: 'https://github.com/TrueLayer/truelayer-signing', read: '2026-11-22' },
  status: 'proven',
  scheme: schemeOf,
  // It is not said whether a retry is signed anew, and retries go on for days.
  timestamp: { header: TIME, unit: 'rfc3339', tolerance: { past: 259_200, future: 300 } },
  id: { payload: 'event_id' },
  type: [{ payload: 'type' }, { payload: 'event_type' }],
});
