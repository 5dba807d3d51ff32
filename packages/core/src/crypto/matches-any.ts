/** Whether any of the signatures is the expected one. Looks at all of them, each by `equal`, in constant time. */
export function matchesAny(
  equal: (a: Uint8Array, b: Uint8Array) => boolean,
  expected: Uint8Array,
  signatures: readonly Uint8Array[],
): boolean {
  let matched = false;
  for (const signature of signatures) matched = equal(expected, signature) || matched;
  return matched;
}
