/** Reads one DER INTEGER at `at`; minimal and positive, or `undefined`. */
function readInteger(
  der: Uint8Array,
  at: number,
): { readonly value: Uint8Array; readonly end: number } | undefined {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== 0x02 || length === 0 || length > 0x7f || end > der.length) return undefined;
  const value = der.subarray(at + 2, end);
  const first = value[0] as number;
  if (first >= 0x80) return undefined;
  if (first !== 0) return { value, end };
  // A leading zero is there to keep the number positive, and for nothing else.
  return value.length > 1 && (value[1] as number) >= 0x80 ? { value: value.subarray(1), end } : undefined;
}

/**
 * An ECDSA signature in DER (X.690, RFC 3279 section 2.2.3) as r and s side by side, each `size` bytes. Strict: one
 * sequence of two minimal, positive integers that are not zero and not too long, and nothing after it.
 */
export function rawSignature(der: Uint8Array, size: number): Uint8Array | undefined {
  // Signatures of P-521 are longer than 127 bytes and so have a length of two bytes.
  const long = der[1] === 0x81;
  const start = long ? 3 : 2;
  const length = der[start - 1];
  if (der[0] !== 0x30 || length !== der.length - start || (long ? length < 0x80 : length > 0x7f))
    return undefined;
  const r = readInteger(der, start);
  const s = r && readInteger(der, r.end);
  if (s === undefined || s.end !== der.length) return undefined;
  if (r === undefined || r.value.length > size || s.value.length > size) return undefined;
  const raw = new Uint8Array(2 * size);
  raw.set(r.value, size - r.value.length);
  raw.set(s.value, 2 * size - s.value.length);
  return raw;
}
