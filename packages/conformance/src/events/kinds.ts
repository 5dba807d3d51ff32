import type { Source } from '@countersign/core';
import type { SignableEvent } from '@countersign/testing';
import { NAMES } from './names.ts';
import type { Subject } from './subjects.ts';

/** A number in [0, 1). */
export type Random = () => number;

/** What is signed and sent: what stands here replaces what the sample says. */
export type Kind = (
  random: Random,
  subject: Subject,
) => SignableEvent & { readonly contentType?: string | null };

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Among many small ones a few that fill the limit. */
const size = (random: Random, small: number, large: number): number =>
  Math.ceil(random() < 0.005 ? large * (0.5 + random() / 2) : small * random());

const pathsOf = (sources: readonly { readonly source: Source }[]): readonly string[] =>
  sources.flatMap(({ source }) => {
    if ('payload' in source) return [source.payload];
    return 'every' in source ? pathsOf(source.every.map((each) => ({ source: each }))) : [];
  });

const idPaths = ({ provider }: Subject): readonly string[] => pathsOf(provider.rules.id);
const typePaths = ({ provider }: Subject): readonly string[] => pathsOf(provider.type);

/** JSON in which a value, itself JSON, stands at the first `steps` steps of a path. */
function jsonAt(path: string, value: string, steps = Number.POSITIVE_INFINITY): string {
  const keys = path.split('.').slice(0, steps);
  return keys.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, value);
}

/** Members of both objects; of one name only the later counts, as everywhere in JSON. */
const joined = (...objects: readonly string[]): string =>
  `{${objects
    .map((each) => each.slice(1, -1))
    .filter(Boolean)
    .join(',')}}`;

const nonce = (random: Random): string => `evt_${random().toString(36).slice(2)}`;

const idAt = (subject: Subject, json: string): string[] =>
  idPaths(subject)
    .slice(0, 1)
    .map((path) => jsonAt(path, json));

const typeAt = (subject: Subject, json: string): string[] =>
  typePaths(subject)
    .slice(0, 1)
    .map((path) => jsonAt(path, json));

/** A plain event, with an id of its own. */
const plain = (random: Random, subject: Subject): string =>
  joined(...typeAt(subject, '"invoice.paid"'), ...idAt(subject, JSON.stringify(nonce(random))), '{"n":1}');

const VALUES = [
  'null',
  '"text"',
  '""',
  '0',
  '-0',
  '1e400',
  '9007199254740993',
  '0.1',
  'true',
  'false',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '["a","b"]',
  '[{"id":1}]',
  '{"length":1}',
  '{"toString":"x"}',
  '{"valueOf":1,"toString":null}',
  '{"then":"x"}',
  '{"toJSON":1}',
  '"\\ud800"',
  '"constructor"',
  '{"__proto__":{"id":"x","type":"y"}}',
];

const broken = [
  '{',
  '{"a":',
  '[1,]',
  "{'a':1}",
  '{}{}',
  '{"a":NaN}',
  '{}//',
  '"',
  '{"a":"\n"}',
  'undefined',
  '\u0000',
  '{"a":"\\x"}',
  '<a/>',
  'a=1&b=2',
  '\u00a0{}',
  '['.repeat(10_000),
  '{"a":'.repeat(10_000),
];

const FORMS = [
  'a=1&a=2&a=3',
  '__proto__=1&__proto__=2',
  '__proto__[polluted]=1',
  'constructor[prototype][polluted]=1',
  'payload={"a":1}&payload={"a":2}',
  'payload=%7B%22type%22%3A%22constructor%22%7D',
  'payload=',
  'payload',
  '=',
  '&&&',
  'payload={"__proto__":{"polluted":1}}',
  '%',
  '%ff=%ff',
  'toString=1',
  'hasOwnProperty=1&hasOwnProperty=2',
  'a=%ED%A0%80',
  'data={"id":1}&data={"id":2}',
  'payload[]=1',
  'payload=null',
  'payload=[]',
  'payload="text"',
  'length=5',
  'id=1&id=2',
];

const TYPES = [
  null,
  '',
  'text/plain',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/xml',
  '*/*',
  '__proto__',
  'application/json, text/html',
  'application/json;',
  '/',
  'application/octet-stream',
];

const IDS: readonly ((random: Random) => string)[] = [
  () => 'a|b',
  () => '|',
  () => 'a%7Cb',
  () => 'v1|x|y|z|1',
  () => 'content:abc',
  () => 'long:abc',
  () => '\u0000',
  () => 'a\nb',
  () => 'a\rb',
  () => '\u007f',
  () => '\ud800',
  () => '\udc00\ud800',
  () => '\\ud800',
  () => '\ufffd',
  () => 'é',
  () => 'e\u0301',
  () => ' a',
  () => 'a ',
  () => 'A',
  () => 'a',
  () => '__proto__',
  () => 'constructor',
  () => '\u2028',
  () => '[object Object]',
  () => 'undefined',
  () => 'null',
  () => '0',
  () => '-1',
  () => '%00',
  () => '😀',
  (random) => 'x'.repeat(size(random, 400, 1_000_000)),
  (random) => `${'x'.repeat(size(random, 400, 1_000_000))}|`,
  (random) =>
    String.fromCharCode(...Array.from({ length: 1 + Math.floor(random() * 4) }, () => random() * 65_536)),
  (random) => pick(random, ['|', ':', '%', '\ud83d', '\ude00', 'a']).repeat(Math.ceil(random() * 220)),
];

/** Everything that may come after a good signature. */
export const kinds = {
  'hostile types': (random, subject) => {
    const type = pick(random, NAMES);
    return typePaths(subject).length === 0
      ? { type, id: nonce(random) }
      : {
          body: joined(
            ...idAt(subject, JSON.stringify(nonce(random))),
            ...typeAt(subject, JSON.stringify(type)),
          ),
        };
  },
  'JSON values': (random) => ({ body: pick(random, VALUES) }),
  depth: (random, subject) => {
    const depth = size(random, 10_000, Math.min(subject.provider.limit, 2_000_000) / 8);
    const [open, inner, close] = pick(random, [
      ['[', '', ']'],
      ['{"a":', '1', '}'],
      ['[{"id":', '[]', '}]'],
    ] as const);
    const deep = open.repeat(depth) + inner + close.repeat(depth);
    return { body: random() < 0.3 ? deep : joined(plain(random, subject), jsonAt('deep', deep)) };
  },
  'duplicate keys': (random, subject) => ({
    body: joined(
      ...idAt(subject, '"first"'),
      ...typeAt(subject, '"constructor"'),
      plain(random, subject),
      '{"n":2}',
      ...(random() < 0.5 ? typeAt(subject, pick(random, VALUES)) : []),
    ),
  }),
  '__proto__ keys': (random, subject) => {
    const inner = joined(
      plain(random, subject),
      '{"polluted":1}',
      '{"toString":1}',
      `{"__proto__":{"polluted":1}}`,
    );
    const wrapped = pick(random, [
      `{"__proto__":${inner}}`,
      `{"constructor":{"prototype":${inner}}}`,
      `[{"__proto__":${inner}}]`,
    ]);
    return {
      body: wrapped.startsWith('[') || random() < 0.4 ? wrapped : joined(plain(random, subject), wrapped),
    };
  },
  'lone surrogates': (random, subject) => ({
    body: joined(
      ...idAt(
        subject,
        `"${pick(random, ['\\ud800', '\\udfff', '\\udc00\\ud800', 'a\\ud800b'])}${nonce(random)}"`,
      ),
      ...typeAt(subject, `"${pick(random, ['\\ud800', 'constructor\\udfff', 'invoice.paid'])}"`),
      '{"\\ud800":"\\udfff"}',
    ),
  }),
  'broken JSON': (random) => ({ body: pick(random, broken) }),
  'broken UTF-8': (random, subject) => {
    const bytes = new TextEncoder().encode(plain(random, subject));
    const at = Math.floor(random() * (bytes.length + 1));
    const bad = pick(random, [
      [0xff],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe2, 0x82],
      [0x80],
    ]);
    return { body: Uint8Array.from([...bytes.subarray(0, at), ...bad, ...bytes.subarray(at)]) };
  },
  BOM: (random, subject) => ({
    body: `${pick(random, ['\ufeff', '\ufeff\ufeff', ' \ufeff'])}${plain(random, subject)}`,
  }),
  'content types': (random, subject) => ({ body: plain(random, subject), contentType: pick(random, TYPES) }),
  forms: (random, subject) => ({
    body:
      random() < 0.2
        ? `${pick(random, FORMS)}&payload=${encodeURIComponent(plain(random, subject))}`
        : pick(random, FORMS),
    contentType: pick(random, ['application/x-www-form-urlencoded', ...TYPES]),
  }),
  'empty bodies': (random) => ({ body: '', contentType: pick(random, TYPES) }),
  whitespace: (random) => ({
    body: pick(random, [' ', '\n', '\r\n\t ', '\u00a0', '\u2028', '\ufeff']).repeat(
      size(random, 50, 300_000),
    ),
    contentType: pick(random, TYPES),
  }),
  'broken paths': (random, subject) => {
    const ids = idPaths(subject);
    const types = typePaths(subject);
    const breaks = (path: string): string =>
      jsonAt(path, pick(random, VALUES), 1 + Math.floor(random() * path.split('.').length));
    return {
      body: joined(
        ...ids.map(breaks),
        ...(random() < 0.5 ? types.map(breaks) : typeAt(subject, '"invoice.paid"')),
        `{"n":${random()}}`,
      ),
    };
  },
  'hostile ids': (random, subject) => {
    const id = pick(random, IDS)(random);
    if (idPaths(subject).length > 0) {
      const paths = idPaths(subject).map((path) => jsonAt(path, JSON.stringify(id)));
      return { body: joined(...typeAt(subject, '"invoice.paid"'), ...paths) };
    }
    return { id: /^[\x21-\x7e]{1,2000}$/.test(id) ? id : nonce(random) };
  },
} as const satisfies Readonly<Record<string, Kind>>;
