import type { WebhookRequest } from './http.ts';
import { queryOf } from './http.ts';
import { readPath } from './path.ts';

/** One header name, or several of which the first that is present counts. Lower case. */
export type HeaderName = string | readonly string[];

/** Where a delivery carries an id, a type or a timestamp. A provider record names it; nothing is ever guessed. */
export type Source =
  /** A request header. */
  | { readonly header: HeaderName }
  /** A named field inside the signature header, such as `t` in `t=1,v1=ab`. */
  | { readonly field: string }
  /** A dotted path into the parsed payload, such as `data.id`. */
  | { readonly payload: string }
  /** The same text for every delivery. */
  | { readonly constant: string }
  /** All of these together, such as the `source` and `id` that make a CloudEvent one of a kind. */
  | { readonly every: readonly Source[] };

/** Where sources are read: the request, the fields of its signature, and its payload. */
export interface SourceInput {
  readonly request: WebhookRequest;
  readonly fields: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

/** A source made ready once, so that nothing about it is worked out per delivery. */
export interface SourceReader {
  readonly source: Source;
  /** Its text; `undefined`: not there. */
  read(input: SourceInput): string | undefined;
}

export function readHeader(request: WebhookRequest, name: HeaderName): string | undefined {
  if (typeof name === 'string') return request.headers.get(name) ?? undefined;
  for (const each of name) {
    const value = request.headers.get(each);
    if (value !== null) return value;
  }
  return undefined;
}

/** One query parameter, form-decoded once; `undefined` when it is absent or repeated. */
export function readQuery(request: WebhookRequest, name: string): string | undefined {
  const values = new URLSearchParams(queryOf(request.url)).getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

/** As it was sent: a time that is out of all bounds is malformed, and not missing. */
export const asText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
};

/** A number beyond those that JavaScript keeps apart is none: two ids that were sent as different would read the same. */
const asExactText: typeof asText = (value) =>
  typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? undefined : asText(value);

/** The text or number at a dotted path of a payload. */
export const readPayload = (payload: unknown, path: string): string | undefined =>
  asText(readPath(payload, path.split('.')));

/** Written as a list, so that no two sets of texts make the same one. */
const readEvery =
  (reads: readonly SourceReader['read'][]): SourceReader['read'] =>
  (input) => {
    const texts = reads.map((read) => read(input));
    return texts.includes(undefined) ? undefined : JSON.stringify(texts);
  };

function readOf(source: Source, toText: typeof asText): SourceReader['read'] {
  if ('header' in source) return ({ request }) => readHeader(request, source.header);
  if ('field' in source) return ({ fields }) => fields[source.field];
  if ('constant' in source) return () => source.constant;
  if ('every' in source) return readEvery(source.every.map((each) => readOf(each, toText)));
  const path = source.payload.split('.');
  return ({ payload }) => toText(readPath(payload, path));
}

export const asList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

export const sourceReaders = (
  sources: Source | readonly Source[] | undefined,
  toText = asExactText,
): readonly SourceReader[] => asList(sources).map((source) => ({ source, read: readOf(source, toText) }));

/** What stood at the first source that was there, and which that was. */
export interface Found {
  readonly text: string;
  readonly source: Source;
}

/** The first of the sources that is there. */
export function find(readers: readonly SourceReader[], input: SourceInput): Found | undefined {
  for (const reader of readers) {
    const text = reader.read(input);
    if (text !== undefined) return { text, source: reader.source };
  }
  return undefined;
}
