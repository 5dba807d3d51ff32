import type { Delivery } from '@countersign/testing';
import type { Target } from './target.ts';

function unwrapped(header: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const { alg, ...rest } = JSON.parse(Buffer.from(header, 'base64').toString());
    return { ...rest, alg: String(alg).toLowerCase() };
  } catch {
    return undefined;
  }
}

/** eBay's header is JSON in base64, around a signature: its `alg` names what everybody knows, in any capitals. */
export function isRewrapped({ title, header = '', genuine }: Target, { headers }: Delivery): boolean {
  if (title !== 'ebay') return false;
  const [before, after] = [genuine.headers[header] ?? '', headers[header] ?? ''].map(unwrapped);
  return after !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
