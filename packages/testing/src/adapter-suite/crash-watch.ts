/**
 * Hears of errors that nobody caught, which would have ended a real server.
 *
 * @returns `end`, which stops listening and throws the first of them
 * @example
 * ```ts
 * const watch = watchCrashes();
 * await work();
 * watch.end();
 * ```
 */
export function watchCrashes(): { end(): void } {
  const crashes: unknown[] = [];
  const note = (reason: unknown): void => {
    crashes.push(reason);
  };
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  return {
    end() {
      process.off('unhandledRejection', note);
      process.off('uncaughtException', note);
      if (crashes.length > 0)
        throw new Error('an error was caught by nobody: a server would be down', { cause: crashes[0] });
    },
  };
}
