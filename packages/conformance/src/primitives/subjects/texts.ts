import fc from 'fast-check';
import { concat, decode, type Encoding, encode, fromUtf8, utf8 } from '../../../../core/src/bytes.ts';
import { editedBytes, editedText, lettersOf } from '../inputs.ts';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';
import { hexOf } from '../spelling.ts';

/** The alphabets, padding, white space, and letters beyond 255 whose low byte is a digit. */
const NOISE = 'AFGQgwabcdefz0189+/-_==  \n\t.:%\u0000\u00e9\u0130\u0161\u2028\uff21';

type Oracle = 'hex' | 'base64' | 'base64url';

/** Node's decoder takes nearly everything, and its encoder writes one spelling: what comes back unchanged is canonical. */
function canonical(encoding: Oracle, text: string, spelling = text): Verdict {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === spelling ? hexOf(bytes) : undefined;
}

const encodings: Readonly<Record<Encoding, (text: string) => Verdict>> = {
  hex: (text) => canonical('hex', text),
  'hex-any': (text) => canonical('hex', text, text.toLowerCase()),
  base64: (text) => canonical('base64', text),
  base64url: (text) => canonical('base64url', text),
};

const bytes = fc.uint8Array({ maxLength: 80 });

const nearly = (oracle: Oracle, isAnyCase: boolean): fc.Arbitrary<string> => {
  const written = bytes.map((each) => Buffer.from(each).toString(oracle));
  const cased = fc
    .tuple(written, fc.bigInt({ min: 0n, max: 2n ** 160n }))
    .map(([text, upper]) =>
      Array.from(text, (letter, at) => ((upper >> BigInt(at)) & 1n ? letter.toUpperCase() : letter)).join(''),
    );
  return fc.oneof(lettersOf(NOISE, 8), editedText(isAnyCase ? cased : written, NOISE, 1));
};

const decoders = (Object.keys(encodings) as Encoding[]).map((encoding) =>
  primitive({
    name: `decode ${encoding}`,
    share: 4,
    inputs: nearly(encoding === 'hex-any' ? 'hex' : encoding, encoding === 'hex-any'),
    ours: (text) => hexOf(decode(encoding, text)),
    theirs: encodings[encoding],
  }),
);

const encoders = (['hex', 'base64', 'base64url'] as const).map((encoding) =>
  primitive({
    name: `encode ${encoding}`,
    inputs: fc.uint8Array({ maxLength: 200 }),
    ours: (each) => encode(encoding, each),
    theirs: (each) => Buffer.from(each).toString(encoding),
  }),
);

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'binary-ascii' }));
/** Lone surrogates too. */
const units = fc
  .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7ff, max: 0xe000 })), { maxLength: 20 })
  .map((codes) => String.fromCharCode(...codes));
const utf8Texts = fc.oneof(text, units);

/** A BOM is dropped, once. */
const withoutBom = (read: string): string => (read.startsWith('\ufeff') ? read.slice(1) : read);

export const texts: readonly Primitive[] = [
  ...decoders,
  ...encoders,
  primitive({
    name: 'encode UTF-8',
    inputs: utf8Texts,
    ours: (each) => hexOf(utf8(each)),
    theirs: (each) => Buffer.from(each, 'utf8').toString('hex'),
  }),
  primitive({
    name: 'decode UTF-8',
    share: 4,
    inputs: fc.oneof(
      editedBytes(utf8Texts.map((each) => new Uint8Array(Buffer.from(`\ufeff${each}`)))),
      editedBytes(utf8Texts.map((each) => new Uint8Array(Buffer.from(each)))),
      fc.uint8Array({ maxLength: 12 }),
    ),
    ours: (each) => JSON.stringify(fromUtf8(each)),
    theirs: (each) => JSON.stringify(withoutBom(Buffer.from(each).toString('utf8'))),
  }),
  primitive({
    name: 'join chunks',
    inputs: fc.array(fc.oneof(bytes, utf8Texts), { maxLength: 5 }),
    ours: (chunks) => hexOf(concat(chunks)),
    theirs: (chunks) => Buffer.concat(chunks.map((each) => Buffer.from(each as string))).toString('hex'),
  }),
];
