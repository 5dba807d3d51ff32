import { timingSafeEqual } from 'node:crypto';

/** Bytes up to which V8 keeps an array on its own heap; to hand it out to native code takes as long as a hash. */
const ON_HEAP = 64;

const pairs = Array.from({ length: ON_HEAP + 1 }, (_, length) => ({
  left: Buffer.allocUnsafeSlow(length),
  right: Buffer.allocUnsafeSlow(length),
}));

/** In constant time for inputs of one length; a different length is no secret. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const pair = pairs[a.length];
  if (pair === undefined) return timingSafeEqual(a, b);
  pair.left.set(a);
  pair.right.set(b);
  return timingSafeEqual(pair.left, pair.right);
}
