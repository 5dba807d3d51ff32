/** One element of DER (X.690), with its place in what it was read from. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag and length included: what a signature is over. */
  readonly whole: Uint8Array;
}

const MAX_OCTETS = 3;

/** Definite, whole, its length as short as can be. */
function elementAt(der: Uint8Array, start: number): DerElement {
  const [tag = 0, first = 0xff] = der.subarray(start, start + 2);
  const isShort = first < 0x80;
  const octets = isShort ? 0 : first & 0x7f;
  const lengthOctets = der.subarray(start + 2, start + 2 + octets);
  const length = isShort ? first : lengthOctets.reduce((value, octet) => value * 256 + octet, 0);
  const from = start + 2 + octets;
  // Of no octets at all it is indefinite.
  const isShortest = isShort || (octets <= MAX_OCTETS && length >= 0x80 && lengthOctets[0] !== 0);
  // A tag of several octets is in no certificate.
  if ((tag & 0x1f) === 0x1f || !isShortest || from + length > der.length)
    throw new TypeError('this is no DER');
  return { tag, content: der.subarray(from, from + length), whole: der.subarray(start, from + length) };
}

/**
 * All elements, one after another, with nothing between or behind them.
 *
 * @throws TypeError
 */
export function derElements(der: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < der.length; at += (elements.at(-1) as DerElement).whole.length) {
    elements.push(elementAt(der, at));
  }
  return elements;
}

/** Those inside of an element; none where there is none. */
export const inside = (element: DerElement | undefined): readonly DerElement[] =>
  derElements(element?.content ?? new Uint8Array());
