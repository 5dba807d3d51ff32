/** A list that is one longer. Most have one entry, for which `push` makes room for seventeen. */
export const withOne = <T>(list: readonly T[], item: T): readonly T[] =>
  list.length === 0 ? [item] : [...list, item];
