const { propertyIsEnumerable: isSent } = Object.prototype;

/**
 * Reads `data.object.id` out of a parsed payload. Own and enumerable properties only, so `constructor`, `__proto__` or
 * the `length` of a list in a path or a payload finds what was sent and nothing that JavaScript put there.
 */
export function readPath(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !isSent.call(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
