import fc from 'fast-check';
import { rawSignature } from '../../../../core/src/der.ts';
import { derElements } from '../../../../providers/src/keys/der-element.ts';
import { editedBytes } from '../inputs.ts';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';
import { hexOf, orRefused } from '../spelling.ts';

/** A length (X.690 section 8.1.3), in hex, as DER writes it. */
function lengthOf(size: number): string {
  const digits = size.toString(16);
  const octets = digits.length % 2 ? `0${digits}` : digits;
  return size < 0x80 ? octets : (0x80 + octets.length / 2).toString(16) + octets;
}

const elementOf = (tag: string, content: string): string => tag + lengthOf(content.length / 2) + content;

/** Positive, in hex. */
function integerOf(value: bigint): string {
  const digits = value.toString(16);
  const octets = digits.length % 2 ? `0${digits}` : digits;
  return elementOf('02', Number.parseInt(octets.slice(0, 2), 16) >= 0x80 ? `00${octets}` : octets);
}

interface Loose {
  readonly tag: string;
  readonly content: string;
  readonly rest: string;
}

/** One element of BER in hex, its length in any form that is definite. */
function looseElement(ber: string): Loose | undefined {
  const [, tag = '', first = '', after = ''] = /^(..)(..)(.*)$/.exec(ber) ?? [];
  const code = Number.parseInt(first, 16);
  const octets = code > 0x80 ? (code - 0x80) * 2 : 0;
  const size = octets > 0 ? Number.parseInt(after.slice(0, octets), 16) : code;
  const content = after.slice(octets, octets + size * 2);
  if (tag === '' || code === 0x80 || after.length < octets || content.length < size * 2) return undefined;
  return { tag, content, rest: after.slice(octets + size * 2) };
}

/** Read in any form, and written again in the only one that DER has: what comes back unchanged was DER. */
function canonicalSignature(der: string, size: number): Verdict {
  const outer = looseElement(der);
  const r = outer && looseElement(outer.content);
  const s = r && looseElement(r.rest);
  if (!r?.content || !s?.content) return undefined;
  const numbers = [r, s].map(({ content }) => BigInt(`0x${content}`));
  if (elementOf('30', numbers.map(integerOf).join('')) !== der) return undefined;
  if (numbers.some((each) => each === 0n || each >= 2n ** BigInt(size * 8))) return undefined;
  return numbers.map((each) => each.toString(16).padStart(size * 2, '0')).join('');
}

function canonicalElements(der: string): Verdict {
  const found: string[] = [];
  let rest = der;
  while (rest !== '') {
    const element = looseElement(rest);
    if (element === undefined) return undefined;
    const whole = elementOf(element.tag, element.content);
    // Of several octets, which no certificate has: neither a tag nor a length that is longer.
    if ((Number.parseInt(element.tag, 16) & 0x1f) === 0x1f || !rest.startsWith(whole)) return undefined;
    found.push(`${element.tag}:${element.content}`);
    rest = rest.slice(whole.length);
  }
  return found.join();
}

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

/** Also nothing, and a bit too much. */
const numberOf = (size: number): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** BigInt(size * 8) }),
    fc.nat(size * 8).map((bit) => 2n ** BigInt(bit)),
    fc.bigInt({ min: 0n, max: 300n }),
  );

const signatureOf = (size: number): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(numberOf(size), numberOf(size))
    .map((numbers) => fromHex(elementOf('30', numbers.map(integerOf).join(''))));

const OCTETS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0x30, 0x30, 0x31, 0x02, 0x02];
const octets = fc.array(fc.constantFrom(...OCTETS), { maxLength: 14 }).map((each) => Uint8Array.from(each));

const signatures = [32, 48, 66].map((size) =>
  primitive({
    name: `ECDSA signature in DER, ${size} bytes each`,
    share: 3,
    inputs: fc.oneof(editedBytes(signatureOf(size)), octets),
    ours: (der) => hexOf(rawSignature(der, size)),
    theirs: (der) => canonicalSignature(Buffer.from(der).toString('hex'), size),
  }),
);

/** Contents about as long as where the length takes another form. */
const element = fc
  .tuple(
    fc.constantFrom('02', '03', '04', '06', '0c', '13', '17', '30', '31', 'a0'),
    fc.oneof(fc.nat(6), fc.constantFrom(0x7e, 0x7f, 0x80, 0x81, 0xfe, 0xff, 0x100, 0x101)),
  )
  .map(([tag, size]) => elementOf(tag, '05'.repeat(size)));

/** A length that is written as no length, or longer than it has to be; and as much behind it as it says. */
const longElement = fc
  .tuple(fc.constantFrom('80', '8100', '8101', '817f', '8180', '820001', '820080', '83000001'), fc.nat(140))
  .map(([length, size]) => `30${length}${'05'.repeat(size)}`);

export const der: readonly Primitive[] = [
  ...signatures,
  primitive({
    name: 'elements of DER',
    share: 3,
    inputs: fc.oneof(
      editedBytes(fc.array(element, { maxLength: 3 }).map((each) => fromHex(each.join('')))),
      longElement.map(fromHex),
      octets,
    ),
    ours: (bytes) =>
      orRefused(() =>
        derElements(bytes)
          .map(({ tag, content }) => `${tag.toString(16).padStart(2, '0')}:${hexOf(content)}`)
          .join(),
      ),
    theirs: (bytes) => canonicalElements(Buffer.from(bytes).toString('hex')),
  }),
];
