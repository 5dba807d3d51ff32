import {
  type Chunk,
  type Draft,
  type Envelope,
  type Provider,
  type Scheme,
  type Source,
  signedContent,
} from '@countersign/core';
import type { Delivery } from './delivery.ts';
import { encodeSignature } from './encode-signature.ts';
import { placeAt, writeForm } from './payload-writer.ts';
import { privateKeySignature } from './private-key-signature.ts';

/** What to send. Everything has a default. */
export interface SignableEvent {
  readonly id?: string;
  readonly type?: string;
  /** Id, type and time are put in where the provider has them in its payload, unless they are there. */
  readonly payload?: unknown;
  /** The exact body, in place of `payload`. */
  readonly body?: Uint8Array | string;
  /** When it is sent: a Date or Unix ms. Default: now. */
  readonly timestamp?: Date | number;
  /** For providers that send both. Default: the one they send usually. */
  readonly format?: 'json' | 'form';
  /** Added, and signed where the provider signs them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** Default: an address under `https://receiver.test`, or the provider's `publicUrl`. */
  readonly url?: string;
}

/** What to sign with, besides what the provider was configured with. */
export interface SignOptions {
  /** The sender's half of a public key: PKCS #8 as PEM or DER, or a 32-byte Ed25519 seed. */
  readonly privateKey?: string | Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const units = {
  s: (ms: number) => String(Math.floor(ms / 1000)),
  ms: (ms: number) => String(ms),
  rfc3339: (ms: number) => new Date(ms).toISOString(),
};

const payloadPaths = (sources: readonly { readonly source: Source }[]): string[] =>
  sources.flatMap(({ source }) => ('payload' in source ? [source.payload] : []));

/** Puts a value where the provider looks for it first: a header, or a path of the payload. */
function place(
  sources: readonly { readonly source: Source }[],
  value: string | undefined,
  headers: Record<string, string>,
  payload: unknown,
): void {
  const source = sources[0]?.source;
  if (value === undefined || source === undefined) return;
  if ('header' in source) {
    const name = [source.header].flat()[0] as string;
    headers[name] ??= value;
  } else if ('payload' in source) {
    placeAt(payload, payloadPaths(sources), value);
  }
}

function bodyOf(
  provider: Provider,
  event: SignableEvent,
  payload: unknown,
): { body: Uint8Array; type: string } {
  const { name, field } = provider.rules.payload;
  const isForm = (event.format ?? (name === 'form' ? 'form' : 'json')) === 'form';
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  const { body } = event;
  if (body !== undefined) return { type, body: typeof body === 'string' ? utf8(body) : body };
  const text = isForm
    ? writeForm(field ? { [field]: JSON.stringify(payload) } : payload)
    : JSON.stringify(payload);
  return { type, body: utf8(text) };
}

function urlOf(provider: Provider, event: SignableEvent): string {
  const request = { method: 'POST', url: `/webhooks/${provider.name}`, headers: new Headers(), body: null };
  return event.url ?? provider.rules.publicUrl?.(request) ?? `https://receiver.test${request.url}`;
}

/** The delivery with its signature where the scheme has it. */
function signed(
  scheme: Scheme,
  draft: Draft,
  text: string,
  bodyWith: (text: string) => Uint8Array,
): Delivery {
  const { header, query, payload } = scheme.grammar;
  const { method, url, headers, body } = draft;
  if (header !== undefined) {
    const [name] = [header].flat() as [string];
    return { method, url, headers: { ...headers, [name]: text }, body };
  }
  if (payload !== undefined) return { method, url, headers, body: bodyWith(text) };
  const separator = url.includes('?') ? '&' : '?';
  return { method, url: `${url}${separator}${query}=${encodeURIComponent(text)}`, headers, body };
}

/**
 * Signs an event as its provider would, with the first key that the provider was configured with.
 *
 * @param provider as given to `createReceiver`
 * @param event id, type, payload or exact body, time
 * @param options `privateKey` for providers that are configured with a public key
 * @returns the exact bytes and headers, for you to send, change, repeat or delay
 * @throws Error when the provider cannot sign with what it has
 * @example
 * ```ts
 * const provider = stripe({ secret: 'whsec_test' });
 * const delivery = await sign(provider, { type: 'invoice.paid', payload: { data: { object: { id: 'in_1' } } } });
 * const response = await createReceiver(provider).fetch(toRequest(delivery));
 * ```
 */
export async function sign(
  provider: Provider,
  event: SignableEvent = {},
  options: SignOptions = {},
): Promise<Delivery> {
  const { rules } = provider;
  const { id = `evt_${crypto.randomUUID()}`, type, method = 'POST' } = event;
  const time = Number(event.timestamp ?? Date.now());
  const timestamp = rules.timestamp.length === 0 ? undefined : units[rules.unit](time);
  const headers: Record<string, string> = { ...event.headers };
  const payload = structuredClone(event.payload ?? {});
  place(rules.id, id, headers, payload);
  place(provider.type, type, headers, payload);
  place(rules.timestamp, timestamp, headers, payload);
  const { body, type: contentType } = bodyOf(provider, event, payload);
  headers['content-type'] ??= contentType;
  const bare = { method, url: urlOf(provider, event), headers, body };
  const { scheme, sign: make } = await signerOf(
    provider,
    { ...bare, headers: new Headers(headers) },
    options,
  );
  const draft = (await scheme.prepare?.(bare)) ?? bare;
  const envelope: Envelope = {
    scheme,
    request: { ...draft, headers: new Headers(draft.headers) },
    body: draft.body,
    url: draft.url,
    id: rules.id.some(({ source }) => 'header' in source) ? id : undefined,
    timestamp,
    fields: {},
    signatures: [],
    payload,
    now: time,
  };
  const signature = await make(await signedContent(envelope), envelope);
  const path = scheme.grammar.payload;
  return signed(scheme, draft, encodeSignature(scheme, signature, timestamp), (text) => {
    placeAt(payload, [path as string], text);
    return bodyOf(provider, event, payload).body;
  });
}

interface Signer {
  readonly scheme: Scheme;
  readonly sign: (content: readonly Chunk[], envelope: Envelope) => Promise<Uint8Array>;
}

/** The first scheme that has a key which can sign, or the private key given here. */
async function signerOf(
  provider: Provider,
  request: Parameters<Provider['keyring']['select']>[0],
  options: SignOptions,
): Promise<Signer> {
  const { privateKey } = options;
  for (const { scheme, keys } of await provider.keyring.select(request, Date.now())) {
    const { algorithm } = scheme;
    if (privateKey !== undefined) {
      if (scheme.signWith) {
        return {
          scheme,
          sign: async (...input) => (await scheme.signWith?.(privateKey, ...input)) as Uint8Array,
        };
      }
      if (algorithm)
        return { scheme, sign: (content) => privateKeySignature(algorithm, privateKey, content) };
    }
    const key = keys.find((credential) => credential.key.sign)?.key;
    if (key?.sign)
      return {
        scheme,
        sign: async (content, envelope) => (await key.sign?.(content, envelope)) as Uint8Array,
      };
  }
  throw new Error(`${provider.name} has no key that signs here: pass { privateKey }`);
}
