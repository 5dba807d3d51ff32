import type { Source } from '@countersign/core';
import type { SignableEvent } from '@countersign/testing';
import { hostile } from './hostile.ts';
import { hostileIds } from './hostile-ids.ts';
import { NAMES } from './names.ts';
import { pick, type Random, size } from './random.ts';
import type { Subject } from './subjects.ts';

/** What is signed and sent: what stands here replaces what the sample says. */
export type Kind = (
  random: Random,
  subject: Subject,
) => SignableEvent & { readonly contentType?: string | null };

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
  'JSON values': (random) => ({ body: pick(random, hostile.values) }),
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
      ...(random() < 0.5 ? typeAt(subject, pick(random, hostile.values)) : []),
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
  'broken JSON': (random) => ({ body: pick(random, hostile.broken) }),
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
  'content types': (random, subject) => ({
    body: plain(random, subject),
    contentType: pick(random, hostile.types),
  }),
  forms: (random, subject) => ({
    body:
      random() < 0.2
        ? `${pick(random, hostile.forms)}&payload=${encodeURIComponent(plain(random, subject))}`
        : pick(random, hostile.forms),
    contentType: pick(random, ['application/x-www-form-urlencoded', ...hostile.types]),
  }),
  'empty bodies': (random) => ({ body: '', contentType: pick(random, hostile.types) }),
  whitespace: (random) => ({
    body: pick(random, [' ', '\n', '\r\n\t ', '\u00a0', '\u2028', '\ufeff']).repeat(
      size(random, 50, 300_000),
    ),
    contentType: pick(random, hostile.types),
  }),
  'broken paths': (random, subject) => {
    const ids = idPaths(subject);
    const types = typePaths(subject);
    const breaks = (path: string): string =>
      jsonAt(path, pick(random, hostile.values), 1 + Math.floor(random() * path.split('.').length));
    return {
      body: joined(
        ...ids.map(breaks),
        ...(random() < 0.5 ? types.map(breaks) : typeAt(subject, '"invoice.paid"')),
        `{"n":${random()}}`,
      ),
    };
  },
  'hostile ids': (random, subject) => {
    const id = pick(random, hostileIds)(random);
    if (idPaths(subject).length > 0) {
      const paths = idPaths(subject).map((path) => jsonAt(path, JSON.stringify(id)));
      return { body: joined(...typeAt(subject, '"invoice.paid"'), ...paths) };
    }
    return { id: /^[\x21-\x7e]{1,2000}$/.test(id) ? id : nonce(random) };
  },
} as const satisfies Readonly<Record<string, Kind>>;
