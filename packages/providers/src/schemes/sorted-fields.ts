import type { FormPayload } from '@countersign/core';

/** Which values of a repeated field are signed, in which order. */
export type ValuesOf = (values: readonly string[]) => readonly string[];

/** Each value once, sorted. */
export const distinct: ValuesOf = (values) => [...new Set(values)].sort();

/** Every value, sorted. */
export const sorted: ValuesOf = (values) => [...values].sort();

/** The last value alone. */
export const last: ValuesOf = (values) => values.slice(-1);

/**
 * Form fields as signers of forms write them: names in code-unit order, each before its value. One spelling for all
 * that one signature is good for.
 */
export function sortedFields(
  fields: FormPayload,
  valuesOf: ValuesOf,
  { equals = '', separator = '', encoded = (text: string): string => text } = {},
): string {
  return Object.keys(fields)
    .sort()
    .flatMap((name) =>
      valuesOf([fields[name] ?? ''].flat()).map((value) => encoded(name) + equals + encoded(value)),
    )
    .join(separator);
}

/** A form's bytes as text; a byte order mark is part of the first name. */
export const formText = (body: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
