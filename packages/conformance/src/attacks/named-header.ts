import type { Provider, Scheme } from '@countersign/core';
import type { Delivery } from '@countersign/testing';
import type { Layout } from './layout.ts';

type Part = 'id' | 'timestamp';

/** The header in which a delivery says who it is, or when it was sent; `undefined`: it says so nowhere, or elsewhere. */
export interface NamedHeader {
  readonly name: string;
  /** By its record. A vendor's recomputation, where there is one, knows better. */
  readonly isSigned: boolean;
}

const isCovering = ({ covers }: Scheme, part: Part, name: string): boolean =>
  covers.some(
    (each) => each === part || (typeof each === 'object' && 'header' in each && each.header === name),
  );

/** By the vendor's layout, or else by the record. */
export function namedHeader(
  part: Part,
  { rules }: Provider,
  { headers }: Delivery,
  layout: Layout | undefined,
): NamedHeader | undefined {
  const published = part === 'id' ? layout?.id : layout?.time;
  const recorded = rules[part].flatMap(({ source }) => ('header' in source ? source.header : []));
  const name = published ?? recorded.find((each) => headers[each] !== undefined);
  if (name === undefined) return undefined;
  const scheme = rules.schemes.find(({ grammar: { header = [] } }) =>
    [header].flat().some((each) => headers[each] !== undefined),
  );
  return { name, isSigned: scheme !== undefined && isCovering(scheme, part, name) };
}
