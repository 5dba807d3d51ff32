/** The comparison that everybody writes first: it ends at the first byte that differs, and tells by its time where. */
export function earlyExit(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
