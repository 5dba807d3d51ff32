import type { Parameter } from './executor.ts';

/** A statement cut at its `$1` placeholders: text, value, text, value, …, text. A value may come more than once. */
export function cutPlaceholders(
  text: string,
  parameters: readonly Parameter[],
): { readonly texts: readonly string[]; readonly values: readonly Parameter[] } {
  const pieces = text.split(/\$(\d+)/);
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    values: pieces
      .filter((_, index) => index % 2 === 1)
      .map((number) => parameters[Number(number) - 1] ?? null),
  };
}
