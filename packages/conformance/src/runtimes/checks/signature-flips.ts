import type { Provider, Scheme } from '@countersign/core';
import { bodyOf, type Change, requestOf, type Vector } from '../../../../providers/test/support/vector.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Alphabets in which a letter has another one whose first bit is different. */
const hex = ['0123456789abcdef', '0123456789ABCDEF'];
const base64 = [`${BASE64}+/`, `${BASE64}-_`];

/** Where in a signature a letter is turned: at its beginning, at its end, and between. */
const PLACES = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1];

/** A text with one letter replaced. Its first bit counts in every encoding, also in the last letter of base64. */
function turned(text: string, place: number, { encoding }: Scheme): string {
  const alphabets = encoding.startsWith('hex') ? hex : base64;
  const isLetter = (letter: string): boolean => alphabets.some((alphabet) => alphabet.includes(letter));
  const letters = Array.from(text, (letter, at) => ({ letter, at })).filter(({ letter }) => isLetter(letter));
  const { letter, at } = letters[Math.round(place * (letters.length - 1))] ?? { letter: '', at: 0 };
  const alphabet = alphabets.find((each) => each.includes(letter)) ?? '';
  const other = alphabet[alphabet.indexOf(letter) ^ (alphabet.length / 2)] ?? '';
  return text.slice(0, at) + other + text.slice(at + letter.length);
}

const behind = (mark: string, items: readonly string[]): readonly string[] =>
  items.filter((item) => item.startsWith(mark)).map((item) => item.slice(mark.length));

/** The signatures in a header, a parameter or a field, as the scheme writes them. */
function signaturesIn(text: string, { grammar, encoding }: Scheme): readonly string[] {
  const { pairs, labels, list, prefix = '' } = grammar;
  if (pairs) {
    const groups = text.split(pairs.groups ?? pairs.separator);
    return behind(
      `${pairs.signature}=`,
      groups.flatMap((group) => group.split(pairs.separator)),
    );
  }
  if (labels) return behind(`${labels.label},`, text.split(labels.separator));
  if (list) return text.split(list.separator).slice(list.fields.length);
  const bare = text.slice(prefix.length);
  return encoding === 'text' ? bare.split('&') : [bare];
}

/** A text with a letter turned in each of its signatures: in a rotation more than one is right. */
const turnedAll = (text: string, place: number, schemes: readonly Scheme[]): string =>
  schemes.reduce(
    (changed, scheme) =>
      signaturesIn(text, scheme).reduce(
        (before, signature) => before.replaceAll(signature, () => turned(signature, place, scheme)),
        changed,
      ),
    text,
  );

const textAt = (payload: unknown, path: string): string => {
  const value = path
    .split('.')
    .reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], payload);
  return typeof value === 'string' ? value : '';
};

const queryOf = ({ url = '' }: Vector): URLSearchParams => new URLSearchParams(url.split('?')[1]);

/** Whether the vector has something where this scheme looks. */
function isThere(
  vector: Vector,
  parsed: unknown,
  { header, query, payload = '' }: Scheme['grammar'],
): boolean {
  if (header !== undefined) return [header].flat().some((name) => name in vector.headers);
  return query === undefined ? textAt(parsed, payload) !== '' : queryOf(vector).has(query);
}

type Turn = (text: string) => string;

function change(
  vector: Vector,
  parsed: unknown,
  { header, query, payload = '' }: Scheme['grammar'],
  turn: Turn,
): Change {
  const { headers, url = '' } = vector;
  if (header !== undefined) {
    const names = [header].flat().filter((name) => name in headers);
    const changed = Object.fromEntries(names.map((name) => [name, turn(headers[name] ?? '')]));
    return { headers: { ...headers, ...changed } };
  }
  if (query !== undefined) {
    const parameters = queryOf(vector);
    parameters.set(query, turn(parameters.get(query) ?? ''));
    return { url: `${url.split('?')[0]}?${parameters}` };
  }
  const body = new TextDecoder().decode(bodyOf(vector));
  const field = textAt(parsed, payload);
  const write = body.includes(field) ? String : encodeURIComponent;
  return { body: new TextEncoder().encode(body.replace(write(field), () => write(turn(field)))) };
}

const placeOf = ({ grammar: { header, query, payload } }: Scheme): string =>
  JSON.stringify([header, query, payload]);

/** Changes of a vector that leave nothing but its signature wrong, by one letter. */
export async function signatureFlips({ rules }: Provider, vector: Vector): Promise<readonly Change[]> {
  const parsed = await Promise.resolve(bodyOf(vector))
    .then((body) => rules.payload.parse(body, requestOf(vector)))
    .catch(() => undefined);
  const decisive = rules.schemes.find(({ grammar }) => isThere(vector, parsed, grammar));
  if (decisive === undefined) throw new Error('there is no signature in it');
  const readers = rules.schemes.filter((scheme) => placeOf(scheme) === placeOf(decisive));
  return PLACES.map((place) =>
    change(vector, parsed, decisive.grammar, (text) => turnedAll(text, place, readers)),
  );
}
