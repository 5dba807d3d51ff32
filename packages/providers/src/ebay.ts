import {
  defineProvider,
  type Envelope,
  ecdsa,
  jsonResponse,
  misconfigured,
  type ProviderFactory,
  queryEcho,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';
import { fetcherOf } from './keys/fetcher-of.ts';
import { createKeySource } from './keys/key-source.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { publicKeyOf } from './keys/public-key-of.ts';
import { signPkcs8 } from './keys/sign-pkcs8.ts';
import { base64Bytes, spkiOf } from './keys/spki.ts';
import { exactText } from './schemes/exact-text.ts';

const hosts = { production: 'api.ebay.com', sandbox: 'api.sandbox.ebay.com' } as const;
const PATH = '/commerce/notification/v1/public_key/';
const KEY_ID = /^[0-9a-f-]{36}$/i;

/** SHA-1 still: who writes a part of what eBay signs could make two bodies of one hash, but none for a given one. */
const signature = ecdsa({
  header: 'x-ebay-signature',
  curve: 'P-256',
  hash: 'sha1',
  form: 'der',
  encoding: 'base64',
  content: ['body'],
});

interface SignatureHeader {
  readonly alg: string;
  readonly kid: string;
  readonly signature: string;
  readonly digest: string;
}

/** The header is JSON, in base64. It names an algorithm, of which there is one. */
function headerOf(bytes: Uint8Array): SignatureHeader | undefined {
  try {
    const header = JSON.parse(exactText(bytes));
    const isUsual =
      header.alg?.toLowerCase() === 'ecdsa' && header.digest === 'SHA1' && KEY_ID.test(header.kid);
    return isUsual && typeof header.signature === 'string' ? header : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(text: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  // One spelling: the unused bits of the last letter are zero.
  return btoa(atob(text)) === text ? base64Bytes(text) : undefined;
}

function schemeOf({ token, environment = 'production', fetch }: EbayOptions): Scheme<never> {
  if (typeof token !== 'string' && typeof token !== 'function') {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'token is missing: an application access token, or a function that returns the current one',
    );
  }
  if (!Object.hasOwn(hosts, environment)) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `environment is ${Object.keys(hosts).join(' or ')}`);
  }
  const host = hosts[environment];
  const load = fetcherOf(
    {
      hosts: [host],
      path: /^\/commerce\/notification\/v1\/public_key\/[0-9A-Fa-f-]{36}$/,
      headers: async () => ({
        authorization: `Bearer ${typeof token === 'function' ? await token() : token}`,
        accept: 'application/json',
      }),
      fetch,
    },
    (text) => publicKeyOf(signature, spkiOf((JSON.parse(text) as { key: string }).key)),
  );
  const find = createKeySource({ load: (id) => load(`https://${host}${PATH}${id}`) });

  async function verify(content: Parameters<SchemeKey['verify']>[0], envelope: Envelope): Promise<boolean> {
    let matched = false;
    for (const sent of envelope.signatures) {
      const header = headerOf(sent);
      const bytes = header && bytesOf(header.signature);
      const key = header && bytes && (await find(header.kid, envelope.now));
      if (key)
        matched = (await key.verify(content, { ...envelope, signatures: [bytes] })) === true || matched;
    }
    return matched;
  }

  const { option: _, ...rest } = signature;
  return {
    ...rest,
    kind: 'ebay',
    key: () => ({ verify }),
    signWith: async (privateKey, _content, { body }) => {
      const raw = await signPkcs8(privateKey, { name: 'ECDSA', namedCurve: 'P-256' }, body, {
        name: 'ECDSA',
        hash: 'SHA-1',
      });
      const made = { alg: 'ecdsa', digest: 'SHA1', signature: derBase64(raw), kid: SAMPLE_KEY_ID };
      return new TextEncoder().encode(JSON.stringify(made));
    },
  };
}

/** Of the key that deliveries signed for tests are to be served under. */
const SAMPLE_KEY_ID = '9936261a-7d7b-4621-a0f1-96ccb428af49';

/** r and s side by side, as an ASN.1 sequence in base64. */
function derBase64(raw: Uint8Array): string {
  const integer = (bytes: Uint8Array): number[] => {
    const digits = [...bytes.subarray(bytes.findIndex((byte) => byte !== 0))];
    const value = (digits[0] as number) >= 0x80 ? [0, ...digits] : digits;
    return [2, value.length, ...value];
  };
  const inner = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))];
  return btoa(String.fromCharCode(0x30, inner.length, ...inner));
}

async function proofOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Options of {@link ebay}. */
export interface EbayOptions extends FetchOption {
  /**
   * An application access token (client credentials), with which the public keys are fetched: they last two hours, so
   * give a function that returns the current one. It signs nothing.
   */
  readonly token: string | (() => string | Promise<string>) | undefined;
  /** Default: `production`. */
  readonly environment?: keyof typeof hosts | undefined;
  /** The text you gave eBay as verification token; without it the endpoint cannot be confirmed here. */
  readonly verificationToken?: string | undefined;
  /** The endpoint's address as you gave it to eBay, letter for letter: a part of the answer to its challenge. */
  readonly endpoint?: string | undefined;
}

/**
 * eBay marketplace notifications (Notification API, account deletion). The keys are fetched by id from eBay's API.
 * Answers the `challenge_code` GET once `verificationToken` and `endpoint` are given, so mount it for GET and POST.
 * The type is `metadata.topic`; the time of publishing is in the signed body, but no limit to its age is documented.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without a `token`, or with only one of `verificationToken` and `endpoint`
 * @see https://developer.ebay.com/api-docs/commerce/notification/overview.html
 */
export const ebay: ProviderFactory<never, Record<string, unknown>, EbayOptions> = defineProvider({
  name: 'ebay',
  docs: { url: 'https://github.com/eBay/event-notification-nodejs-sdk', read: '2026-11-22' },
  status: 'proven',
  scheme: schemeOf,
  id: { payload: 'notification.notificationId' },
  type: { payload: 'metadata.topic' },
  handshakes({ verificationToken, endpoint }: EbayOptions) {
    if (verificationToken === undefined && endpoint === undefined) return [];
    if (!verificationToken || !endpoint) {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_OPTION',
        'verificationToken and endpoint answer the challenge together: give both',
      );
    }
    const respond = async (challenge: string) =>
      jsonResponse({ challengeResponse: await proofOf(challenge + verificationToken + endpoint) });
    return [queryEcho({ name: 'challenge', challenge: 'challenge_code', respond })];
  },
  acknowledge: { status: 204 },
  answers: { refused: { status: 412 } },
});
