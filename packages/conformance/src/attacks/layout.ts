import type { Delivery } from '@countersign/testing';

/** Where a vendor puts what it signs, and in which order it signs it. */
export interface Layout {
  /** The header of the signature. */
  readonly header: string;
  /** `t=1,v1=aa`: what stands between pairs, the pair with the time, and those with a signature. */
  readonly pairs?: readonly [separator: string, time: string, signature: string];
  /** The header that holds the time, where it stands alone. */
  readonly time?: string;
  readonly unit?: 's' | 'ms' | 'rfc3339';
  /** The header of the id. */
  readonly id?: string;
  /** `I`, `T`, `B`, `U` and `M` stand for id, time, body, address and method; all else for itself. */
  readonly content: readonly string[];
}

/** The text of each part that is signed, a letter for a byte. */
export type Parts = Readonly<Record<string, string>>;

const VARIABLES = new Set(['I', 'T', 'B', 'U', 'M']);

export const isVariable = (part: string): boolean => VARIABLES.has(part);

function pairOf({ pairs = ['', '', ''] }: Layout): RegExp {
  const [separator, name] = pairs;
  return new RegExp(`((?:^|${separator.trim()} ?)${name}=)([^${separator.trim()}]*)`);
}

export function partsOf(layout: Layout, { method, url, headers, body }: Delivery): Parts {
  const { pairs, time = '', id = '', header } = layout;
  return {
    I: headers[id] ?? '',
    T: pairs ? (pairOf(layout).exec(headers[header] ?? '')?.[2] ?? '') : (headers[time] ?? ''),
    B: Buffer.from(body).toString('latin1'),
    U: url,
    M: method,
  };
}

/** The same delivery with other parts, under the signature that it had. */
export function withParts(layout: Layout, delivery: Delivery, { I = '', T = '', B, U, M }: Parts): Delivery {
  const { pairs, time, id, header } = layout;
  const headers: Record<string, string> = { ...delivery.headers };
  if (id !== undefined) headers[id] = I;
  if (time !== undefined) headers[time] = T;
  if (pairs) headers[header] = (headers[header] ?? '').replace(pairOf(layout), (_, name: string) => name + T);
  return {
    method: M ?? delivery.method,
    url: U ?? delivery.url,
    headers,
    body: B === undefined ? delivery.body : new Uint8Array(Buffer.from(B, 'latin1')),
  };
}
