import { decode, utf8 } from '../bytes.ts';
import type { Scheme, SignatureSpelling } from '../scheme.ts';

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

const SPACE = /\s/;

function readBare(header: string, prefix = ''): Texts | undefined {
  return header.startsWith(prefix) ? { fields: none, texts: [header.slice(prefix.length)] } : undefined;
}

function readPairs(header: string, pairs: NonNullable<SignatureSpelling['pairs']>): Texts | undefined {
  const fields: Record<string, string> = Object.create(null);
  const texts: string[] = [];
  for (const item of header.split(pairs.separator)) {
    const at = item.indexOf('=');
    const name = item.slice(0, at);
    const value = item.slice(at + 1);
    const isSignature = name === pairs.signature;
    // A space is what joining two headers leaves: which of them was meant is not ours to say.
    if (at < 1 || SPACE.test(isSignature ? item : name)) return undefined;
    if (isSignature) texts.push(value);
    else if (pairs.fields?.includes(name)) {
      // Two timestamps: which one was signed is not for the message to say.
      if (name in fields) return undefined;
      fields[name] = value;
    }
  }
  return { fields, texts };
}

function readLabels(header: string, { separator, label }: NonNullable<SignatureSpelling['labels']>): Texts {
  const mark = `${label},`;
  const texts: string[] = [];
  for (const item of header.split(separator)) {
    if (item.startsWith(mark)) texts.push(item.slice(mark.length));
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

/** One header as its groups of fields and signatures, still as text; `undefined`: not written as the scheme writes. */
function readTexts(spelling: SignatureSpelling, header: string): readonly Texts[] | undefined {
  const { pairs, labels, list, prefix } = spelling;
  const groups = pairs?.groups === undefined ? [header] : header.split(pairs.groups);
  const read = groups.map((group) => {
    if (pairs) return readPairs(group, pairs);
    if (labels) return readLabels(group, labels);
    return list ? readList(group, list) : readBare(group, prefix);
  });
  return read.includes(undefined) ? undefined : (read as readonly Texts[]);
}

function bytesOf({ encoding, length }: Scheme, text: string): Uint8Array | undefined {
  const bytes = encoding === 'text' ? utf8(text) : decode(encoding, text);
  const fits = bytes !== undefined && bytes.length > 0 && (length === undefined || bytes.length === length);
  return fits ? bytes : undefined;
}

/**
 * Takes signature headers apart. Entries that are not a signature in the scheme's encoding and length are dropped;
 * too long a header, too many signatures, a repeated field, or nothing left is none: malformed. Several headers are
 * read as one; groups with fields of their own stay apart.
 */
export function readSignatureHeader(scheme: Scheme, headers: readonly string[]): readonly SignatureHeader[] {
  let size = 0;
  for (const header of headers) size += header.length;
  // One that stands in the payload is as long as the body may be.
  if (size > MAX_HEADER && scheme.grammar.payload === undefined) return [];
  const groups: Texts[] = [];
  for (const header of headers) {
    const read = readTexts(scheme.grammar, header);
    if (read === undefined) return [];
    groups.push(...read);
  }
  if (groups.reduce((count, { texts }) => count + texts.length, 0) > MAX_SIGNATURES) return [];
  const found = groups.map(({ fields, texts }) => ({
    fields,
    signatures: texts.map((text) => bytesOf(scheme, text)).filter((bytes) => bytes !== undefined),
  }));
  return found.filter(({ signatures }) => signatures.length > 0);
}
