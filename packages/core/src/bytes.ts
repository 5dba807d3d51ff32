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

/** Byte of ASCII → digit, or -1. */
function digits(alphabet: string): Int8Array {
  const table = new Int8Array(256).fill(-1);
  utf8(alphabet).forEach((byte, digit) => {
    table[byte] = digit;
  });
  return table;
}

/**
 * Where text is laid out to be read: its bytes are there faster than its letters, one by one. Twice as fast, and four
 * times where anything in the process has made a class of `String`, as a client of Redis does.
 */
const desk = new Uint8Array(3072);

/** The bytes of text, and whatever behind them. Where it is not ASCII, the first that are not are among them. */
function lay(text: string): Uint8Array {
  // A UTF-16 unit becomes three bytes of UTF-8, or fewer.
  if (3 * text.length > desk.length) return utf8(text);
  encoder.encodeInto(text, desk);
  return desk;
}

/** Negative for what is no digit. */
const digitAt = (table: Int8Array, codes: Uint8Array, at: number): number =>
  table[codes[at] as number] as number;

/** Of ASCII, `length` bytes of it. */
type Decoder = (codes: Uint8Array, length: number) => Uint8Array | undefined;

const hexBy =
  (table: Int8Array): Decoder =>
  (codes, length) => {
    if (length % 2 !== 0) return undefined;
    const bytes = new Uint8Array(length / 2);
    for (let at = 0; at < length; at += 2) {
      const high = digitAt(table, codes, at);
      const low = digitAt(table, codes, at + 1);
      if (high < 0 || low < 0) return undefined;
      bytes[at >> 1] = (high << 4) | low;
    }
    return bytes;
  };

const PAD = 61;

/** RFC 4648 sections 4 and 5, canonical only: whole groups, no stray characters, unused bits zero. */
const base64By =
  (table: Int8Array, isPadded: boolean): Decoder =>
  (codes, whole) => {
    let length = whole;
    if (isPadded) {
      if (whole % 4 !== 0) return undefined;
      while (length > whole - 2 && codes[length - 1] === PAD) length--;
    }
    if (length % 4 === 1) return undefined;
    const bytes = new Uint8Array((length * 3) >> 2);
    let bits = 0;
    let held = 0;
    let at = 0;
    for (let index = 0; index < length; index++) {
      const digit = digitAt(table, codes, index);
      if (digit < 0) return undefined;
      bits = (bits << 6) | digit;
      held += 6;
      if (held >= 8) {
        held -= 8;
        bytes[at++] = bits >> held;
      }
    }
    return (bits & ((1 << held) - 1)) === 0 ? bytes : undefined;
  };

const decoders: Record<Encoding, Decoder> = {
  hex: hexBy(digits(HEX)),
  'hex-any': hexBy(digits(HEX).map((digit, code) => (code >= 65 && code <= 70 ? code - 55 : digit))),
  base64: base64By(digits(BASE64), true),
  base64url: base64By(digits(BASE64URL), false),
};

/** Strict: the whole text, the right alphabet, canonical form; `undefined` for anything else. */
export const decode = (encoding: Encoding, text: string): Uint8Array | undefined =>
  decoders[encoding](lay(text), text.length);

function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (HEX[byte >> 4] as string) + HEX[byte & 15];
  return text;
}

const encodeBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const encoders: Record<Encoding, (bytes: Uint8Array) => string> = {
  hex: encodeHex,
  'hex-any': encodeHex,
  base64: encodeBase64,
  base64url: (bytes) => encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
};

export const encode = (encoding: Encoding, bytes: Uint8Array): string => encoders[encoding](bytes);
