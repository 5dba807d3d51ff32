import {
  defineProvider,
  type Envelope,
  misconfigured,
  type ProviderFactory,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';
import { base64Url, detachedJws } from './keys/detached-jws.ts';
import { fetchedKeySet } from './keys/fetched-key-set.ts';
import { ed25519Jwks } from './keys/jwks.ts';
import { keyInSet } from './keys/key-set.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { signPkcs8 } from './keys/sign-pkcs8.ts';
import { exactText } from './schemes/exact-text.ts';

const KEY_ID = 'x-neon-signature-kid';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The JWS is detached, and what it signs is encoded twice: the body, and then the time with the encoded body. */
const signingInput = (head: string, { timestamp = '', body }: Envelope): string =>
  `${head}.${base64Url(utf8(`${timestamp}.${base64Url(body)}`))}`;

function keysAt(url: unknown): string {
  if (typeof url === 'string' && URL.canParse(url)) {
    const { protocol, port, search, hash, href } = new URL(url);
    if (protocol === 'https:' && port === '' && search === '' && hash === '') {
      return `${href.replace(/\/$/, '')}/.well-known/jwks.json`;
    }
  }
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    'url is missing: the Neon Auth URL of your branch (https://…)',
  );
}

function schemeOf({ url, fetch }: NeonAuthOptions): Scheme<never> {
  const keys = fetchedKeySet(keysAt(url), { fetch }, ed25519Jwks);

  async function holds(sent: Uint8Array, envelope: Envelope): Promise<boolean> {
    const jws = detachedJws(exactText(sent));
    const { alg, crit } = jws?.header ?? {};
    if (jws === undefined || alg !== 'EdDSA' || crit !== undefined) return false;
    const key = await keyInSet(keys, envelope.request.headers.get(KEY_ID) ?? '', envelope.now);
    const content = [signingInput(jws.protected, envelope)];
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
    grammar: { header: 'x-neon-signature' },
    encoding: 'text',
    covers: ['timestamp', { text: '.' }, 'body'],
    key: () => key,
    async signWith(privateKey, _content, envelope) {
      const head = base64Url(utf8(JSON.stringify({ alg: 'EdDSA' })));
      const made = await signPkcs8(privateKey, { name: 'Ed25519' }, utf8(signingInput(head, envelope)));
      return utf8(`${head}..${base64Url(made)}`);
    },
  };
}

/** Documented names: https://neon.com/docs/auth/guides/webhooks. */
export interface NeonAuthEvents {
  'user.created': unknown;
  'user.before_create': unknown;
  'send.otp': unknown;
  'send.magic_link': unknown;
  'phone_number.verified': unknown;
}

/** Options of {@link neonAuth}. */
export interface NeonAuthOptions extends FetchOption {
  /** The Neon Auth URL of your branch, under which its keys are found. */
  readonly url: string | undefined;
}

/**
 * Neon Auth. The keys are fetched from your own Neon Auth URL and kept for a day. The signature covers time and body;
 * id and type are those of headers, which it does not. `user.before_create` waits for an answer: `reply(…)`.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without a `url`
 * @see https://neon.com/docs/auth/guides/webhooks
 */
export const neonAuth: ProviderFactory<never, NeonAuthEvents, NeonAuthOptions> = defineProvider({
  name: 'neon-auth',
  docs: { url: 'https://neon.com/docs/auth/guides/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: schemeOf,
  timestamp: { header: 'x-neon-timestamp', unit: 'ms' },
  id: { header: 'x-neon-event-id' },
  type: { header: 'x-neon-event-type' },
});
