/** Text encodings of bytes that signatures, keys and digests come in. */
export type Encoding = 'hex' | 'hex-any' | 'base64' | 'base64url';

/** A piece of signed content: bytes as received, or text that stands for its UTF-8 bytes. */
export type Chunk = Uint8Array | string;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Lenient on purpose: it reads payloads whose exact bytes have been verified before. A BOM is dropped. */
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concat(chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.map((chunk) => (typeof chunk === 'string' ? utf8(chunk) : chunk));
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64URL = `${BASE64.slice(0, 62)}-_`;

/** Character code → digit, or -1. 256 wide, and `& 255` is never enough: codes above are refused first. */
function digits(alphabet: string): Int8Array {
  const table = new Int8Array(256).fill(-1);
  for (let digit = 0; digit < alphabet.length; digit++) table[alphabet.charCodeAt(digit)] = digit;
  return table;
}

const hexDigits = digits(HEX);
const anyHexDigits = hexDigits.map((digit, code) => (code >= 65 && code <= 70 ? code - 55 : digit));
const base64Digits = digits(BASE64);
const base64UrlDigits = digits(BASE64URL);

/** Negative for what is no digit; not even a number for what is beyond the table. */
const digitAt = (table: Int8Array, text: string, at: number): number => table[text.charCodeAt(at)] as number;

function decodeHex(text: string, table: Int8Array): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < text.length; at += 2) {
    const high = digitAt(table, text, at);
    const low = digitAt(table, text, at + 1);
    if (!(high >= 0 && low >= 0)) return undefined;
    bytes[at >> 1] = (high << 4) | low;
  }
  return bytes;
}

/** RFC 4648 sections 4 and 5, canonical only: whole groups, no stray characters, unused bits zero. */
function decodeBase64(text: string, table: Int8Array, padded: boolean): Uint8Array | undefined {
  let length = text.length;
  if (padded) {
    if (length % 4 !== 0) return undefined;
    while (length > text.length - 2 && text[length - 1] === '=') length--;
  }
  const loose = length % 4;
  if (loose === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < length; index++) {
    const digit = digitAt(table, text, index);
    if (!(digit >= 0)) return undefined;
    bits = ((bits << 6) | digit) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 0xff;
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : undefined;
}

const decoders: Record<Encoding, (text: string) => Uint8Array | undefined> = {
  hex: (text) => decodeHex(text, hexDigits),
  'hex-any': (text) => decodeHex(text, anyHexDigits),
  base64: (text) => decodeBase64(text, base64Digits, true),
  base64url: (text) => decodeBase64(text, base64UrlDigits, false),
};

/** Strict: the whole text, the right alphabet, canonical form; `undefined` for anything else. */
export const decode = (encoding: Encoding, text: string): Uint8Array | undefined => decoders[encoding](text);

function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (HEX[byte >> 4] as string) + HEX[byte & 15];
  return text;
}

function encodeBase64(bytes: Uint8Array, alphabet: string, padding: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const have = Math.min(bytes.length - at, 3) + 1;
    for (let digit = 0; digit < 4; digit++) {
      text += digit < have ? alphabet[(group >> (18 - digit * 6)) & 63] : padding;
    }
  }
  return text;
}

const encoders: Record<Encoding, (bytes: Uint8Array) => string> = {
  hex: encodeHex,
  'hex-any': encodeHex,
  base64: (bytes) => encodeBase64(bytes, BASE64, '='),
  base64url: (bytes) => encodeBase64(bytes, BASE64URL, ''),
};

export const encode = (encoding: Encoding, bytes: Uint8Array): string => encoders[encoding](bytes);
