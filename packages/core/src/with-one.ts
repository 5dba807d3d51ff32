/** A list with one more. Most never get a second one, and `push` makes room for seventeen in a list that is empty. */
export function withOne<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}
