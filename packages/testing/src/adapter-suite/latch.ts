/**
 * A door that a handler waits at until the case opens it.
 *
 * @example
 * ```ts
 * const latch = new Latch();
 * const handler = () => latch.opened;
 * latch.open();
 * ```
 */
export class Latch {
  open!: () => void;
  readonly opened: Promise<void> = new Promise((resolve) => {
    this.open = resolve;
  });
}
