/** A body that comes in pieces, and what was done to it. */
export interface Pieces {
  readonly stream: ReadableStream<Uint8Array>;
  /** Pieces that were asked for. */
  readonly pulled: () => number;
  /** Resolves when nobody wants more of it. */
  readonly cancelled: Promise<void>;
}

/**
 * @param piece gives the next piece; `undefined` at the end; throws when the connection breaks; never resolves when it
 * stalls
 */
export function pieces(piece: (index: number) => Uint8Array | undefined | Promise<never>): Pieces {
  let pulled = 0;
  let cancel = () => {};
  const cancelled = new Promise<void>((resolve) => {
    cancel = resolve;
  });
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await piece(pulled++);
        if (next === undefined) controller.close();
        else controller.enqueue(next);
      },
      cancel: () => cancel(),
    },
    // Nothing is asked for before somebody reads.
    { highWaterMark: 0 },
  );
  return { stream, pulled: () => pulled, cancelled };
}
