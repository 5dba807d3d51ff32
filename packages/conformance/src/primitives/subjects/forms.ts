import { form, jsonOrForm, type WebhookRequest } from '@countersign/core';
import fc from 'fast-check';
import { editedBytes, lettersOf } from '../inputs.ts';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';
import { orRefused } from '../spelling.ts';

/** `%41` → A, `+` → space; what is no escape stands for itself. By bytes, for an escape may be half a letter. */
function unescaped(text: string): string {
  const octets = text.replaceAll('+', ' ').replace(/%[0-9a-f]{2}|./gis, (each) =>
    // One octet a letter: the text was made of octets.
    each.length === 3 ? String.fromCharCode(Number.parseInt(each.slice(1), 16)) : each,
  );
  return Buffer.from(octets, 'latin1').toString('utf8');
}

/** What a reader of UTF-8 leaves: its BOM dropped, and U+FFFD for what is none. */
const readAsText = (body: Uint8Array): string =>
  Buffer.from(body)
    .toString('utf8')
    .replace(/^\ufeff/, '');

function fieldsOf(text: string): Verdict {
  const pairs = Buffer.from(text)
    .toString('latin1')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [unescaped(name), unescaped(rest.join('='))] as const;
    });
  const names = [...new Set(pairs.map(([name]) => name))];
  return JSON.stringify(
    names
      .map((name) => {
        const values = pairs.filter(([each]) => each === name).map(([, value]) => value);
        return [name, values.length === 1 ? values[0] : values];
      })
      .sort(byName),
  );
}

const byName = ([a]: readonly unknown[], [b]: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);

const spelt = (payload: unknown): Verdict =>
  JSON.stringify(Object.entries(payload as Readonly<Record<string, unknown>>).sort(byName));

const PIECES = 'ab12&&==++%%4120efEF?#;[]"{}\u00e9\ufeff\u20ac\u0000';
const NAMES = [
  'a',
  'b',
  '__proto__',
  'toString',
  'payload',
  '1',
  'a%20b',
  '%61',
  '%ff',
  '%E2%82%AC',
  '%e2%82',
  '',
];
const field = fc
  .tuple(fc.constantFrom(...NAMES), fc.oneof(fc.constantFrom(...NAMES), lettersOf(PIECES, 6)))
  .map(([name, value]) => `${name}=${value}`);
const fields = fc.array(field, { maxLength: 6 }).map((each) => each.join('&'));
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** Neither looks at it. */
const request = undefined as unknown as WebhookRequest;

const JSONS = ['{}', ' [1]', '"a"', '{"a":1}', '\ufeff\ufeff{"a":2}', '\u2028[', 'null', '{', '\u0085{}'];

function eitherOf(body: Uint8Array): Verdict {
  const text = readAsText(body);
  if (/^\s*[{["]/.test(text)) return orRefused(() => JSON.stringify(JSON.parse(text)), SyntaxError);
  return fieldsOf(text);
}

const either = jsonOrForm();

export const forms: readonly Primitive[] = [
  primitive({
    name: 'form',
    share: 4,
    inputs: fc.oneof(editedBytes(fields.map(bytesOf)), lettersOf(PIECES, 20).map(bytesOf)),
    ours: (body) => spelt(form.parse(body, request)),
    theirs: (body) => fieldsOf(readAsText(body)),
  }),
  primitive({
    name: 'JSON or form',
    share: 2,
    inputs: editedBytes(fc.oneof(fc.constantFrom(...JSONS), fc.json(), fields).map(bytesOf), 1),
    ours: (body) =>
      orRefused(() => {
        const payload = either.parse(body, request);
        const isForm =
          typeof payload === 'object' && payload !== null && Object.getPrototypeOf(payload) === null;
        return isForm ? spelt(payload) : JSON.stringify(payload);
      }, SyntaxError),
    theirs: eitherOf,
  }),
];
