import fc from 'fast-check';
import { matchesAny } from '../../../../core/src/crypto/matches-any.ts';
import { crypto as node } from '../../../../core/src/crypto/node.ts';
import { crypto as web } from '../../../../core/src/crypto/web.ts';
import { runningCrypto } from '../../running-crypto.ts';
import { type Primitive, primitive } from '../primitive.ts';
import { hexOf } from '../spelling.ts';

/** Of the back end that this runs on. */
const { equal } = { node, web }[runningCrypto()];

type Pair = readonly [Uint8Array, Uint8Array];

/** The same bytes elsewhere: on V8's heap, off it, in Node's pool, and in the middle of something else. */
const copies: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
  (bytes) => bytes,
  (bytes) => bytes.slice(),
  (bytes) => Buffer.from(bytes),
  (bytes) => {
    const whole = Buffer.allocUnsafeSlow(bytes.length + 9).fill(0xa5);
    whole.set(bytes, 5);
    return whole.subarray(5, 5 + bytes.length);
  },
  (bytes) => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return shared;
  },
];

const changes: readonly ((bytes: Uint8Array, at: number) => Uint8Array)[] = [
  (bytes) => bytes,
  (bytes) => bytes,
  (bytes, at) => bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << (at % 8)) : byte)),
  (bytes, at) => bytes.slice(0, at % (bytes.length + 1)),
  (bytes) => bytes.slice(1),
  (bytes) => Uint8Array.from([...bytes, 0]),
  (bytes) => Uint8Array.from([0, ...bytes]),
  (bytes) => bytes.slice().reverse(),
];

const copied = fc.constantFrom(...copies);
const twins: fc.Arbitrary<Pair> = fc
  .tuple(fc.uint8Array({ maxLength: 140 }), copied, fc.constantFrom(...changes), copied, fc.nat())
  .map(([bytes, copy, change, copyOther, at]) => [copy(bytes), copyOther(change(bytes, at))]);
/** Two views of one buffer, which lie over each other. */
const overlapping: fc.Arbitrary<Pair> = fc
  .tuple(fc.uint8Array({ minLength: 20, maxLength: 120 }), fc.nat(9), fc.nat(9), fc.nat(11))
  .map(([bytes, a, b, size]) => [bytes.subarray(a, a + size), bytes.subarray(b, b + size)]);
const strangers: fc.Arbitrary<Pair> = fc.tuple(
  fc.uint8Array({ maxLength: 3 }),
  fc.uint8Array({ maxLength: 3 }),
);

/** Of every length: the same, and each bit of the last byte and of one in the middle changed. */
function* everyLength(): Iterable<Pair> {
  for (let size = 0; size <= 300; size++) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 37 + size) & 255);
    for (const copy of copies) yield [bytes, copy(bytes)];
    for (let bit = 0; bit < 8 && size > 0; bit++) {
      for (const place of [0, size >> 1, size - 1]) {
        yield [bytes, bytes.map((byte, at) => (at === place ? byte ^ (1 << bit) : byte))];
      }
    }
  }
}

/** Either way around, and the inputs as they were. */
function compared([a, b]: Pair): string {
  const before = `${hexOf(a)} ${hexOf(b)}`;
  const verdicts = `${matchesAny(equal, a, [b])} ${matchesAny(equal, b, [a])}`;
  return `${hexOf(a)} ${hexOf(b)}` === before ? verdicts : 'an input was written to';
}

export const comparisons: readonly Primitive[] = [
  primitive({
    name: 'equal, in constant time',
    share: 6,
    inputs: fc.oneof({ weight: 4, arbitrary: twins }, overlapping, strangers),
    always: everyLength,
    ours: compared,
    theirs([a, b]) {
      const isSame = Buffer.compare(a, b) === 0;
      return `${isSame} ${isSame}`;
    },
  }),
  primitive({
    name: 'equal to one of several',
    share: 2,
    inputs: fc.tuple(
      fc.uint8Array({ maxLength: 2 }),
      fc.array(fc.uint8Array({ maxLength: 2 }), { maxLength: 16 }),
    ),
    ours: ([expected, sent]) => String(matchesAny(equal, expected, sent)),
    theirs: ([expected, sent]) => String(sent.some((each) => hexOf(each) === hexOf(expected))),
  }),
];
