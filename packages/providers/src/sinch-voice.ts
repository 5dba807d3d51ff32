import {
  type Chunk,
  defineProvider,
  type Envelope,
  hmac,
  misconfigured,
  type ProviderFactory,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';
import { nobleLegacy } from './schemes/noble-hashes.ts';

/** What Sinch names the application by. */
export interface SinchVoiceOptions {
  /** The application's key, as the dashboard shows it beside the secret. */
  readonly applicationKey: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Sinch signs a body by its MD5, which no platform brings everywhere. */
async function md5(body: Uint8Array): Promise<string> {
  if (body.length === 0) return '';
  const legacy = await nobleLegacy();
  return base64(legacy.md5(body));
}

const mac = hmac({
  header: 'authorization',
  prefix: 'Application ',
  hash: 'sha256',
  encoding: 'base64',
  content: ['method', 'body', { header: 'content-type' }, 'timestamp', 'path'],
  secret: { encoding: 'base64' },
});

/** Strict: the whole text, canonical. */
function decoded(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return bytes.length === mac.length && base64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

class SinchVoiceKey implements SchemeKey {
  readonly #key: Required<SchemeKey>;
  readonly #application: string;

  constructor(secret: Uint8Array, application: string) {
    this.#key = mac.key(secret) as Required<SchemeKey>;
    this.#application = application;
  }

  async verify(content: readonly Chunk[], envelope: Envelope): Promise<boolean> {
    const sent = envelope.signatures.map((text) => decoder.decode(text));
    const signatures = sent
      .filter((text) => text.startsWith(`${this.#application}:`))
      .flatMap((text) => decoded(text.slice(this.#application.length + 1)) ?? []);
    return (await this.#key.verify(content, { ...envelope, signatures })) === true;
  }

  async sign(content: readonly Chunk[], envelope: Envelope): Promise<Uint8Array> {
    const signature = await this.#key.sign(content, envelope);
    return encoder.encode(`${this.#application}:${base64(signature)}`);
  }
}

const pathOf = (url: string): string =>
  url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] || '/';

function schemeFor(applicationKey: string): Scheme<'secret'> {
  const { length: _, ...rest } = mac;
  return {
    ...rest,
    kind: 'sinch-voice',
    encoding: 'text',
    async content({ request, body, timestamp = '' }) {
      const type = request.headers.get('content-type') ?? '';
      const lines = [request.method, await md5(body), type, `x-timestamp:${timestamp}`, pathOf(request.url)];
      return [lines.join('\n')];
    },
    key: (secret) => new SinchVoiceKey(secret, applicationKey),
  };
}

/** What stands before the colon of the header. */
const APPLICATION = /^[\x21-\x39\x3b-\x7e]{1,256}$/;

/**
 * Sinch Voice and Verification, callbacks signed with the application's secret. `secret` is that secret, in base64. The
 * address's path is covered as it arrives, so no proxy may rewrite it; the body by its MD5, for which `@noble/hashes`
 * must be installed beside this package. Answer a call with `reply(…)`. Equal bodies are one delivery.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for an `applicationKey` that is missing, or cannot be one
 * @see https://github.com/sinch/sinch-sdk-node
 */
export const sinchVoice: ProviderFactory<
  'secret',
  Record<string, unknown>,
  SinchVoiceOptions
> = defineProvider({
  name: 'sinch-voice',
  docs: { url: 'https://github.com/sinch/sinch-sdk-node', read: '2026-11-22' },
  status: 'proven',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme({ applicationKey }: SinchVoiceOptions) {
    if (typeof applicationKey === 'string' && APPLICATION.test(applicationKey)) {
      return schemeFor(applicationKey);
    }
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'sinch-voice needs applicationKey: the key that the dashboard shows beside the secret',
    );
  },
  timestamp: { header: 'x-timestamp', unit: 'rfc3339' },
  type: { payload: 'event' },
});
