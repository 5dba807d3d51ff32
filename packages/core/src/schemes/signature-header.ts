import { decode, utf8 } from '../bytes.ts';
import type { Scheme, SignatureGrammar } from '../scheme.ts';

/** More than any rotation needs, and what an unauthenticated sender may make us look at. */
const MAX_HEADER = 8192;
const MAX_SIGNATURES = 16;

export interface SignatureHeader {
  readonly fields: Readonly<Record<string, string>>;
  readonly signatures: readonly Uint8Array[];
}

interface Texts {
  readonly fields: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
}

const none: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

function readBare(header: string, prefix = ''): Texts | undefined {
  return header.startsWith(prefix) ? { fields: none, texts: [header.slice(prefix.length)] } : undefined;
}

function readPairs(header: string, pairs: NonNullable<SignatureGrammar['pairs']>): Texts | undefined {
  const fields: Record<string, string> = Object.create(null);
  const texts: string[] = [];
  for (const item of header.split(pairs.separator)) {
    const at = item.indexOf('=');
    const name = item.slice(0, at);
    // A space is what joining two headers leaves: which of them was meant is not ours to say.
    if (at < 1 || name !== name.trim()) return undefined;
    const value = item.slice(at + 1);
    if (name === pairs.signature) texts.push(value);
    else if (pairs.fields?.includes(name)) {
      // Two timestamps: which one was signed is not for the message to say.
      if (name in fields) return undefined;
      fields[name] = value;
    }
  }
  return { fields, texts };
}

function readLabels(header: string, { separator, label }: NonNullable<SignatureGrammar['labels']>): Texts {
  const mark = `${label},`;
  const texts: string[] = [];
  for (const item of header.split(separator)) {
    if (item.startsWith(mark)) texts.push(item.slice(mark.length));
  }
  return { fields: none, texts };
}

/**
 * Takes a signature header apart. Entries that are not a signature in the scheme's encoding and length are dropped;
 * too long a header, too many signatures, a repeated field, or nothing left is `undefined`: malformed.
 */
export function readSignatureHeader(scheme: Scheme, header: string): SignatureHeader | undefined {
  const { grammar, encoding, length } = scheme;
  if (header.length > MAX_HEADER) return undefined;
  const read = grammar.pairs
    ? readPairs(header, grammar.pairs)
    : grammar.labels
      ? readLabels(header, grammar.labels)
      : readBare(header, grammar.prefix);
  if (read === undefined || read.texts.length > MAX_SIGNATURES) return undefined;
  const signatures: Uint8Array[] = [];
  for (const text of read.texts) {
    const bytes = encoding === 'text' ? utf8(text) : decode(encoding, text);
    if (bytes !== undefined && bytes.length > 0 && (length === undefined || bytes.length === length)) {
      signatures.push(bytes);
    }
  }
  return signatures.length === 0 ? undefined : { fields: read.fields, signatures };
}
