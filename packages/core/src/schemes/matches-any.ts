import { crypto } from '#crypto';

/** Whether any of the signatures is the expected one. Looks at all of them, each in constant time. */
export function matchesAny(expected: Uint8Array, signatures: readonly Uint8Array[]): boolean {
  let matched = false;
  for (const signature of signatures) matched = crypto.equal(expected, signature) || matched;
  return matched;
}
