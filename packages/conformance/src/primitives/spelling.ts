import type { Verdict } from './primitive.ts';

/** Bytes, as a verdict. */
export const hexOf = (bytes: Uint8Array | undefined): Verdict =>
  bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

/** What throws this kind of error is refused; any other is a defect. */
export function orRefused(read: () => Verdict, kind: new (...given: never[]) => Error = TypeError): Verdict {
  try {
    return read();
  } catch (error) {
    if (error instanceof kind) return undefined;
    throw error;
  }
}
