import type { Scheme } from '@countersign/core';
import type { Delivery } from '@countersign/testing';

/** Where a signature or token stands that stands in no header. */
export interface Place {
  /** What a repeated name comes to: nobody knows of two parameters which is meant; of two fields, the last counts. */
  readonly kind: keyof typeof spellings;
  readonly text: string;
  /** The name with each of the texts in place of the one that was there; none of them: it is left out. */
  write(...texts: readonly string[]): Delivery;
  /** A value of JSON that is no text, as JSON writes it. */
  writeValue(json: string): Delivery;
}

const utf8 = (text: string): string => Buffer.from(text).toString();

const spellings = {
  query: {
    spell: (name: string, text: string) => `${name}=${encodeURIComponent(utf8(text))}`,
    between: '&',
  },
  form: { spell: (name: string, text: string) => `${new URLSearchParams([[name, text]])}`, between: '&' },
  json: {
    spell: (name: string, text: string) => `${JSON.stringify(name)}:${JSON.stringify(text)}`,
    between: ',',
  },
} as const;

const inPath = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);

/** The last name of a dotted path is that of the field, in forms too. */
function fieldOf(body: string, path: string): Pick<Place, 'kind' | 'text'> {
  const names = path.split('.');
  if (/^[[{]/.test(body)) return { kind: 'json', text: String(inPath(JSON.parse(body), names)) };
  return { kind: 'form', text: new URLSearchParams(body).get(names.at(-1) as string) ?? '' };
}

/** `undefined`: it stands in a header, or is not spelt as it is spelt here. */
export function placeOf(schemes: readonly Scheme[], { ...genuine }: Delivery): Place | undefined {
  const grammar = schemes.map((scheme) => scheme.grammar).find(({ query, payload }) => query ?? payload);
  const path = grammar?.query ?? grammar?.payload;
  if (path === undefined) return undefined;
  const body = Buffer.from(genuine.body).toString();
  const isQuery = grammar?.query !== undefined;
  const whole = isQuery ? genuine.url : body;
  const found = isQuery
    ? { kind: 'query' as const, text: new URL(genuine.url).searchParams.get(path) ?? '' }
    : fieldOf(body, path);
  const { spell, between } = spellings[found.kind];
  const name = path.split('.').at(-1) as string;
  const before = spell(name, found.text);
  if (whole.split(before).length !== 2) return undefined;
  const put = (after: string): Delivery => {
    const changed = whole.split(before).join(after);
    return isQuery
      ? { ...genuine, url: changed }
      : { ...genuine, body: new Uint8Array(Buffer.from(changed)) };
  };
  return {
    ...found,
    write: (...texts) => put(texts.map((text) => spell(name, text)).join(between) || spell('unnamed', '')),
    writeValue: (json) => put(`${JSON.stringify(name)}:${json}`),
  };
}
