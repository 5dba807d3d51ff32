/** Where a receiver speaks to its operator. `console` is one, and so are pino, winston and consola. */
export interface Logger {
  /** What is refused, and what is unwise. */
  warn(message: string): void;
  /** What failed here. */
  error(message: string): void;
}
