import { dismiss } from './dismiss.ts';

/** Where a receiver speaks to its operator. `console` is one, and so are pino, winston and consola. */
export interface Logger {
  /** What is refused, and what is unwise. */
  warn(message: string): void;
  /** What failed here. */
  error(message: string): void;
}

/** Writes a line. A logger that throws, now or later, has nobody left to tell. */
export function writeLine(logger: Logger, level: keyof Logger, line: string): void {
  try {
    dismiss(logger[level](line));
  } catch {}
}
