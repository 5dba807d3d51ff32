import {
  defineProvider,
  type Envelope,
  misconfigured,
  type ProviderFactory,
  rsa,
  type Scheme,
  type SchemeKey,
  type SecretInput,
} from '@countersign/core';
import { base64Url, detachedJws } from './keys/detached-jws.ts';
import { fetchedKeySet } from './keys/fetched-key-set.ts';
import { rs512Jwks } from './keys/jwks.ts';
import { keyInSet } from './keys/key-set.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { signPkcs8 } from './keys/sign-pkcs8.ts';
import { exactText } from './schemes/exact-text.ts';

const environments = {
  us: 'https://keys.fireblocks.io/.well-known/jwks.json',
  eu: 'https://eu-keys.fireblocks.io/.well-known/jwks.json',
  eu2: 'https://eu2-keys.fireblocks.io/.well-known/jwks.json',
  sandbox: 'https://sandbox-keys.fireblocks.io/.well-known/jwks.json',
} as const;

const RS512 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Version 2: a detached JWS over the body, with a key of the JWK set. */
function jwsScheme({ environment = 'us', fetch }: FireblocksOptions): Scheme<'publicKey'> {
  if (!Object.hasOwn(environments, environment)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      `environment is one of ${Object.keys(environments).join(', ')}`,
    );
  }
  const keys = fetchedKeySet(environments[environment], { fetch }, rs512Jwks);

  async function holds(sent: Uint8Array, envelope: Envelope): Promise<boolean> {
    const jws = detachedJws(exactText(sent));
    const { alg, kid, crit } = jws?.header ?? {};
    if (jws === undefined || alg !== 'RS512' || typeof kid !== 'string' || crit !== undefined) return false;
    const key = await keyInSet(keys, kid, envelope.now);
    const content = [`${jws.protected}.${base64Url(envelope.body)}`];
    return (await key?.verify(content, { ...envelope, signatures: [jws.signature] })) === true;
  }

  const key: SchemeKey = {
    async verify(_content, envelope) {
      let matched = false;
      for (const sent of envelope.signatures) matched = (await holds(sent, envelope)) || matched;
      return matched;
    },
  };
  return {
    kind: 'jws',
    secret: { encoding: 'spki' },
    grammar: { header: 'fireblocks-webhook-signature' },
    encoding: 'text',
    covers: ['body'],
    key: () => key,
    async signWith(privateKey, _content, { body }) {
      const head = base64Url(utf8(JSON.stringify({ alg: 'RS512', kid: 'sample' })));
      const made = await signPkcs8(privateKey, RS512, utf8(`${head}.${base64Url(body)}`));
      return utf8(`${head}..${base64Url(made)}`);
    },
  };
}

/** Version 1, beside version 2 while workspaces move. */
const plain = rsa({
  header: 'fireblocks-signature',
  hash: 'sha512',
  padding: 'pkcs1',
  encoding: 'base64',
  content: ['body'],
});

/** Options of {@link fireblocks}. */
export interface FireblocksOptions extends FetchOption {
  /** Whose keys. Default: `us`. */
  readonly environment?: keyof typeof environments | undefined;
  /** For webhooks of version 1: the key printed in Fireblocks's documentation for your environment, as PEM. */
  readonly publicKey?: SecretInput;
}

/**
 * Fireblocks, webhooks of version 2, and of version 1 once a `publicKey` is given. Where both signatures are sent, that
 * of version 2 decides. Nothing that is checked says when a delivery was made.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for an unknown `environment`
 * @see https://developers.fireblocks.com/reference/validating-webhooks
 */
export const fireblocks: ProviderFactory<never, Record<string, unknown>, FireblocksOptions> = defineProvider<
  never,
  Record<string, unknown>,
  FireblocksOptions
>({
  name: 'fireblocks',
  docs: { url: 'https://developers.fireblocks.com/reference/validating-webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: (options) => [jwsScheme(options), plain] as unknown as readonly Scheme<never>[],
  id: { payload: 'id' },
  type: [{ payload: 'eventType' }, { payload: 'type' }],
});
