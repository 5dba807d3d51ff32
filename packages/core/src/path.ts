/**
 * Reads `data.object.id` out of a parsed payload. Own properties only, so `constructor` or `__proto__` in a path
 * or a payload finds what was sent and nothing that JavaScript put there.
 */
export function readPath(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
