/** What stands in an {@link AgeList}, and knows its neighbours there. */
export interface Aged<Item> {
  older: Item | undefined;
  newer: Item | undefined;
}

/**
 * Items in the order in which they were added; the oldest is found at once. A `Map` has that order too, but to find its
 * first entry it steps over all that were deleted before.
 */
export class AgeList<Item extends Aged<Item>> {
  oldest: Item | undefined;
  #newest: Item | undefined;

  /** As the newest. */
  add(item: Item): void {
    item.older = this.#newest;
    item.newer = undefined;
    if (this.#newest === undefined) this.oldest = item;
    else this.#newest.newer = item;
    this.#newest = item;
  }

  remove(item: Item): void {
    const { older, newer } = item;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
  }
}
