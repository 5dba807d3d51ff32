/** ms to wait for what is certain to come: generous, because it is only ever used up by a failure. */
export const DEADLINE = 10_000;

/**
 * What happened, in order, to be looked at or waited for.
 *
 * @example
 * ```ts
 * const log = new Journal<string>();
 * const line = await log.until((text) => text.includes('ERR_WEBHOOK_BODY_ABORTED'), 'a line about the abort');
 * ```
 */
export class Journal<Entry> {
  readonly entries: Entry[] = [];
  readonly #waiting = new Set<() => void>();

  get size(): number {
    return this.entries.length;
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    for (const look of [...this.#waiting]) look();
  }

  /**
   * The first entry that matches, past or to come.
   *
   * @param matches which entry is meant
   * @param what named in the error when none comes
   */
  until(matches: (entry: Entry) => boolean, what: string): Promise<Entry> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = (): void => {
        const found = this.entries.find(matches);
        if (found === undefined) return;
        settle();
        resolve(found);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`waited in vain for ${what}; there was ${JSON.stringify(this.entries)}`));
      }, DEADLINE);
      this.#waiting.add(look);
      look();
    });
  }

  /** Waits until there are so many entries. */
  async untilSize(size: number, what: string): Promise<void> {
    await this.until(() => this.entries.length >= size, what);
  }
}
