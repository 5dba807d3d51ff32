import { type HmacOptions, hmac, type Scheme, type SignatureGrammar, token } from '@countersign/core';
import fc from 'fast-check';
import { readSignatureHeader } from '../../../../core/src/schemes/signature-header.ts';
import { editedText, lettersOf } from '../inputs.ts';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';
import { hexOf } from '../spelling.ts';

type Spelling = Omit<SignatureGrammar, 'header'>;

const schemeOf = (spelling: Spelling, encoding: HmacOptions['encoding'] = 'hex'): Scheme =>
  // Short, so that a header has room for many: the grammar is what is asked about.
  ({ ...hmac({ header: 'x-signature', hash: 'sha1', encoding, content: ['body'], ...spelling }), length: 3 });

interface Read {
  readonly fields: readonly (readonly [string, string])[];
  readonly texts: readonly string[];
}

const bytesOf = ({ encoding, length }: Scheme, text: string): Buffer | undefined => {
  if (encoding === 'text') return text === '' ? undefined : Buffer.from(text);
  const oracle = encoding === 'hex-any' ? 'hex' : encoding;
  const bytes = Buffer.from(text, oracle);
  const isCanonical = bytes.toString(oracle) === (encoding === 'hex-any' ? text.toLowerCase() : text);
  return isCanonical && bytes.length === (length ?? bytes.length) && bytes.length > 0 ? bytes : undefined;
};

/** Cut into all of its pieces first, then sorted by what they are. */
function pairsOf(
  group: string,
  { separator, signature, fields = [] }: NonNullable<Spelling['pairs']>,
): Read | undefined {
  const pairs = group
    .split(separator)
    .map((item) => /^([^=]+)=(.*)$/s.exec(item)?.slice(1) as [string, string] | undefined);
  if (pairs.some((pair) => pair === undefined)) return undefined;
  const named = pairs as readonly [string, string][];
  const texts = named.filter(([name]) => name === signature).map(([, value]) => value);
  const kept = named.filter(([name]) => name !== signature && fields.includes(name));
  const isSpaced = named.some(([name]) => /\s/.test(name)) || texts.some((each) => /\s/.test(each));
  return isSpaced || new Set(kept.map(([name]) => name)).size < kept.length
    ? undefined
    : { fields: kept, texts };
}

function listOf(header: string, { separator, fields }: NonNullable<Spelling['list']>): Read | undefined {
  if (/\s/.test(header)) return undefined;
  const [...items] = header.split(separator);
  return { fields: fields.map((name) => [name, items.shift() ?? '']), texts: items };
}

function labelsOf(header: string, { separator, label }: NonNullable<Spelling['labels']>): Read {
  const labelled = header.split(separator).map((item) => item.split(','));
  return {
    fields: [],
    texts: labelled
      .filter(([first, ...rest]) => first === label && rest.length > 0)
      .map(([, ...rest]) => rest.join()),
  };
}

function bareOf(header: string, prefix = ''): Read | undefined {
  const [before, ...rest] = prefix === '' ? ['', header] : header.split(prefix);
  return before === '' && rest.length > 0 ? { fields: [], texts: [rest.join(prefix)] } : undefined;
}

function readGroup({ pairs, labels, list, prefix }: Spelling, group: string): Read | undefined {
  if (pairs) return pairsOf(group, pairs);
  if (list) return listOf(group, list);
  return labels ? labelsOf(group, labels) : bareOf(group, prefix);
}

const spelt = (
  groups: readonly { fields: Iterable<readonly [string, string]>; signatures: readonly Verdict[] }[],
): Verdict =>
  groups.length === 0
    ? undefined
    : JSON.stringify(groups.map(({ fields, signatures }) => [[...fields].sort(), signatures]));

function reference(scheme: Scheme, headers: readonly string[]): Verdict {
  const { grammar } = scheme;
  if (headers.join('').length > 8192) return undefined;
  const groups = headers.flatMap((each) =>
    grammar.pairs?.groups ? each.split(grammar.pairs.groups) : [each],
  );
  const read = groups.map((group) => readGroup(grammar, group));
  if (read.includes(undefined)) return undefined;
  const all = read as readonly Read[];
  if (all.flatMap(({ texts }) => texts).length > 16) return undefined;
  return spelt(
    all
      .map(({ fields, texts }) => ({
        fields,
        signatures: texts.flatMap((each) => hexOf(bytesOf(scheme, each)) ?? []),
      }))
      .filter(({ signatures }) => signatures.length > 0),
  );
}

const HEX = ['aabbcc', '00ff00', '0123456', 'AABBCC', '', 'aabb', 'aabbccdd', ' aabbcc'];
const BASE64 = ['qrvM', 'AP8A', 'qrs=', 'qr-M', '', 'qrvMqg==', 'q rM'];
const NAMES = ['t', 'v1', 'v1', 'v1', 'v0', 'n', 't ', '', 'v1v1', '__proto__', 'constructor'];
const NOISE = 'v1tn=,;. \t\n\u00a0\u2028aA0\u0000_|';

const joined = (item: fc.Arbitrary<string>, separator: string, most = 20) =>
  fc.array(item, { maxLength: most }).map((items) => items.join(separator));
const value = fc.oneof(fc.constantFrom(...HEX), fc.constantFrom(...HEX.slice(0, 2)));
const pair = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('v1=aabbcc', 'v1=00ff00', 'n=5', 'x=y') },
  fc.tuple(fc.constantFrom(...NAMES), value).map(([name, each]) => `${name}=${each}`),
);
const stamped = fc
  .tuple(fc.constantFrom('t=1', 't=', 'n=2', 'v1=aabbcc'), joined(pair, ','))
  .map((each) => each.join(','));

/** A field for each scheme, and what nearly is one. */
const grammars: readonly (readonly [name: string, scheme: Scheme, inputs: fc.Arbitrary<string>])[] = [
  ['bare, hex', schemeOf({}), value],
  ['bare, hex-any', schemeOf({}, 'hex-any'), value],
  ['bare, base64', schemeOf({}, 'base64'), fc.constantFrom(...BASE64)],
  ['bare, text', token({ header: 'x-signature' }) as Scheme, lettersOf(NOISE, 6)],
  ['prefix', schemeOf({ prefix: 'v1=' }), value.map((each) => `v1=${each}`)],
  ['pairs', schemeOf({ pairs: { separator: ',', signature: 'v1', fields: ['t', 'n'] } }), stamped],
  [
    'pairs with a wide separator',
    schemeOf({ pairs: { separator: ', ', signature: 'v1' } }),
    joined(pair, ', '),
  ],
  [
    'pairs with prototype names',
    schemeOf({ pairs: { separator: ',', signature: 'v1', fields: ['__proto__', 'constructor'] } }),
    stamped,
  ],
  [
    'pairs in groups',
    schemeOf({ pairs: { separator: ';', signature: 'v1', fields: ['t'], groups: ',' } }),
    joined(joined(pair, ';', 4), ','),
  ],
  [
    'labels',
    schemeOf({ labels: { separator: ' ', label: 'v1' } }, 'base64'),
    joined(
      fc.tuple(fc.constantFrom('v1', 'v1', 'v1a', ''), fc.constantFrom(...BASE64)).map((each) => each.join()),
      ' ',
    ),
  ],
  ['list', schemeOf({ list: { separator: ',', fields: ['t', 'n'] } }), joined(value, ',')],
];

/** Beyond what may be read: length and number. */
const LONG = ['aabbcc', 'v1=aabbcc', `t=${'1'.repeat(8180)},v1=aabbcc`, `t=${'1'.repeat(8181)},v1=aabbcc`];

export const headers: readonly Primitive[] = grammars.map(([name, scheme, inputs]) =>
  primitive({
    name: `signature header: ${name}`,
    share: 2,
    inputs: fc.array(editedText(inputs, NOISE, 1), { minLength: 1, maxLength: 2 }),
    always: () => [
      ...LONG.map((each) => [each]),
      ...[15, 16, 17].map((count) => Array<string>(count).fill(LONG[1] as string)),
      ...[15, 16, 17].map((count) => [
        Array<string>(count)
          .fill(LONG[1] as string)
          .join(),
      ]),
    ],
    ours: (sent) =>
      spelt(
        readSignatureHeader(scheme, sent).map(({ fields, signatures }) => ({
          fields: Object.entries(fields),
          signatures: signatures.map(hexOf),
        })),
      ),
    theirs: (sent) => reference(scheme, sent),
  }),
);
