/** Compares what can be written as JSON: not every runtime has `node:assert`. */
export function assertSame(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is}, and should be ${should}`);
}
