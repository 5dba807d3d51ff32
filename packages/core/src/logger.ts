/** Where a receiver speaks to its operator. `console` is one, and so are pino, winston and consola. */
export interface Logger {
  warn(message: string): void;
  error(message: string): void;
}
