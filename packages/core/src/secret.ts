import { decode, type Encoding, utf8 } from './bytes.ts';
import { misconfigured } from './errors.ts';
import type { WebhookRequest } from './http.ts';
import type { MaybePromise } from './maybe-promise.ts';

/** A secret as the provider shows it, or the key's raw bytes. */
export type SecretValue = string | Uint8Array;

/** A secret with a name to report when it matches, and the moment (Date or Unix ms) after which it no longer does. */
export interface NamedSecret {
  readonly id: string;
  readonly value: SecretValue;
  readonly notAfter?: Date | number;
}

/** One secret, with or without a name and an end. */
export type Secret = SecretValue | NamedSecret;

/** What a secret resolver may look at. None of it is verified yet. */
export type SecretRequest = Pick<WebhookRequest, 'method' | 'url' | 'headers'>;

/** Finds the secrets of one tenant; `undefined` or `[]` means that there is no such tenant. */
export type SecretResolver = (request: SecretRequest) => MaybePromise<Secret | readonly Secret[] | undefined>;

/** One secret, several (rotation: every one is tried), or a function that finds them for a request. */
export type SecretInput = Secret | readonly Secret[] | SecretResolver;

/** How a configured text becomes key bytes. */
export interface SecretFormat {
  /** `spki`: a public key as PEM, also on one line, or as the base64 inside of it. */
  readonly encoding: 'utf8' | 'spki' | Encoding;
  /** Cut off before decoding. */
  readonly prefix?: string;
  /** Whether a value without the prefix is taken too. */
  readonly prefixOptional?: boolean;
  /** Beginnings of other things a provider hands out, pasted here by mistake, and what they are. */
  readonly refuse?: Readonly<Record<string, string>>;
  /** Stands between several secrets in one text, where the provider hands them out so. */
  readonly separator?: string;
  /** What of the text is the secret, or how it was changed before it became the key. */
  readonly read?: (text: string) => string;
  /** Bytes the key must have. */
  readonly length?: number;
}

export const isNamed = (secret: Secret): secret is NamedSecret =>
  typeof secret === 'object' && !ArrayBuffer.isView(secret);

const refused = (problem: string): TypeError => misconfigured('ERR_WEBHOOK_CONFIG_SECRET', problem);

/** Whether this text is marked as a secret of this format, by its prefix. */
export const isMarkedFor = (format: SecretFormat, value: SecretValue): boolean =>
  typeof value === 'string' && format.prefix !== undefined && value.startsWith(format.prefix);

/** Key bytes out of what was configured, or a `TypeError` that says what is wrong with it. Never quotes the secret. */
export function decodeSecret(format: SecretFormat, value: SecretValue, where: string): Uint8Array {
  if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
    throw refused(
      `${where} is ${value === null ? 'null' : typeof value}: set it to a string (is the environment variable there?)`,
    );
  }
  if (value.length === 0) throw refused(`${where} is empty: anyone could sign with it`);
  // A copy: whoever wipes his own bytes does not wipe ours.
  if (typeof value !== 'string') return sized(format, value.slice(), where);
  if (format.encoding === 'spki') return decodeSpki(value, where);
  if (value !== value.trim()) throw refused(`${where} begins or ends with white space: trim it`);
  for (const [prefix, what] of Object.entries(format.refuse ?? {})) {
    if (value.startsWith(prefix)) throw refused(`${where} begins with "${prefix}": this is ${what}`);
  }
  const marked = isMarkedFor(format, value);
  if (format.prefix !== undefined && !marked && !format.prefixOptional) {
    throw refused(`${where} must begin with "${format.prefix}"`);
  }
  const unmarked = marked ? value.slice((format.prefix as string).length) : value;
  const text = format.read ? format.read(unmarked) : unmarked;
  const bytes = format.encoding === 'utf8' ? utf8(text) : decode(format.encoding, text);
  if (bytes === undefined || bytes.length === 0) {
    throw refused(
      `${where} is not ${format.encoding}${format.prefix ? ` after "${format.prefix}"` : ''}: copy it again, whole`,
    );
  }
  return sized(format, bytes, where);
}

const PEM = /^-----BEGIN PUBLIC KEY-----(.*)-----END PUBLIC KEY-----$/s;

/** Environment variables hold a PEM with its line breaks, with a backslash and n for them, or with none. */
function decodeSpki(value: string, where: string): Uint8Array {
  const text = value.replaceAll('\\n', '\n').trim();
  const [, armoured = text] = PEM.exec(text) ?? [];
  const bytes = decode('base64', armoured.replace(/\s/g, ''));
  if (bytes !== undefined && bytes.length > 0) return bytes;
  throw refused(
    `${where} is no public key: give its PEM ("-----BEGIN PUBLIC KEY-----"), or the base64 inside of it`,
  );
}

function sized(format: SecretFormat, bytes: Uint8Array, where: string): Uint8Array {
  if (format.length !== undefined && bytes.length !== format.length) {
    throw refused(`${where} holds ${bytes.length} bytes where ${format.length} are needed`);
  }
  return bytes;
}
