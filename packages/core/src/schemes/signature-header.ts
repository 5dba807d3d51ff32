import { decode, utf8 } from '../bytes.ts';
import type { Scheme, SignatureSpelling } from '../scheme.ts';
import { withOne } from '../with-one.ts';

/** More than any rotation needs, and what an unauthenticated sender may make us look at. */
const MAX_HEADER = 8192;
const MAX_SIGNATURES = 16;

export interface SignatureHeader {
  readonly fields: Readonly<Record<string, string>>;
  readonly signatures: readonly Uint8Array[];
}

/** What one group says, still as text. */
interface Texts {
  readonly fields: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
}

const none: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

const SPACE = /\s/;

function readBare(header: string, prefix = ''): Texts | undefined {
  return header.startsWith(prefix) ? { fields: none, texts: [header.slice(prefix.length)] } : undefined;
}

/** Where the item that begins at `start` ends. Found, not split: this runs for every delivery. */
function endOf(header: string, separator: string, start: number): number {
  const end = separator === '' ? -1 : header.indexOf(separator, start);
  return end < 0 ? header.length : end;
}

function readPairs(header: string, pairs: NonNullable<SignatureSpelling['pairs']>): Texts | undefined {
  const { separator, signature, fields: wanted } = pairs;
  // Inherits nothing; with no prototype at all it would be a dictionary, and slower.
  const fields: Record<string, string> = Object.create(none);
  let texts: string[] = [];
  const isSpaced = SPACE.test(header);
  let end: number;
  for (let start = 0; start <= header.length; start = end + separator.length) {
    end = endOf(header, separator, start);
    const at = header.indexOf('=', start);
    if (at <= start || at >= end) return undefined;
    const name = header.slice(start, at);
    const value = header.slice(at + 1, end);
    const isSignature = name === signature;
    // A space is what joining two headers leaves: which of them was meant is not ours to say.
    if (isSpaced && (SPACE.test(name) || (isSignature && SPACE.test(value)))) return undefined;
    if (isSignature) texts = withOne(texts, value);
    else if (wanted?.includes(name)) {
      // Two timestamps: which one was signed is not for the message to say.
      if (name in fields) return undefined;
      fields[name] = value;
    }
  }
  return { fields, texts };
}

function readLabels(header: string, { separator, label }: NonNullable<SignatureSpelling['labels']>): Texts {
  const mark = `${label},`;
  let texts: string[] = [];
  let end: number;
  for (let start = 0; start < header.length; start = end + separator.length) {
    end = endOf(header, separator, start);
    if (header.startsWith(mark, start)) texts = withOne(texts, header.slice(start + mark.length, end));
  }
  return { fields: none, texts };
}

function readList(
  header: string,
  { separator, fields: names }: NonNullable<SignatureSpelling['list']>,
): Texts | undefined {
  if (SPACE.test(header)) return undefined;
  const items = header.split(separator);
  const fields = Object.fromEntries(names.map((name, index) => [name, items[index] ?? '']));
  return { fields, texts: items.slice(names.length) };
}

/** What is written between two groups, or in the only one, still as text; `undefined`: not as the scheme writes. */
function readGroup({ pairs, labels, list, prefix }: SignatureSpelling, group: string): Texts | undefined {
  if (pairs) return readPairs(group, pairs);
  if (labels) return readLabels(group, labels);
  return list ? readList(group, list) : readBare(group, prefix);
}

/** A signature in the scheme's encoding and length. */
function decodeOne({ encoding, length }: Scheme, text: string): Uint8Array | undefined {
  const bytes = encoding === 'text' ? utf8(text) : decode(encoding, text);
  const fits = bytes !== undefined && bytes.length > 0 && (length === undefined || bytes.length === length);
  return fits ? bytes : undefined;
}

/** What is no signature is dropped. */
function decodeGroup(scheme: Scheme, { fields, texts }: Texts): SignatureHeader {
  let signatures: Uint8Array[] = [];
  for (const text of texts) {
    const bytes = decodeOne(scheme, text);
    if (bytes !== undefined) signatures = withOne(signatures, bytes);
  }
  return { fields, signatures };
}

const MALFORMED: readonly SignatureHeader[] = [];

/**
 * Takes signature headers apart. Entries that are not a signature in the scheme's encoding and length are dropped;
 * too long a header, too many signatures, a repeated field, or nothing left is none: malformed. Several headers are
 * read as one; groups with fields of their own stay apart.
 */
export function readSignatureHeader(scheme: Scheme, headers: readonly string[]): readonly SignatureHeader[] {
  const { grammar } = scheme;
  let size = 0;
  for (const header of headers) size += header.length;
  // One that stands in the payload is as long as the body may be.
  if (size > MAX_HEADER && grammar.payload === undefined) return MALFORMED;
  const separator = grammar.pairs?.groups;
  const groups = separator === undefined ? headers : headers.flatMap((header) => header.split(separator));
  let found: SignatureHeader[] = [];
  let count = 0;
  for (const group of groups) {
    const read = readGroup(grammar, group);
    count += read?.texts.length ?? 0;
    if (read === undefined || count > MAX_SIGNATURES) return MALFORMED;
    const decoded = decodeGroup(scheme, read);
    if (decoded.signatures.length > 0) found = withOne(found, decoded);
  }
  return found;
}
