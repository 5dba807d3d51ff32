import { inspect } from 'node:util';
import type { Logger } from '@countersign/core';

/** All that a text, an error or an object says of itself when somebody prints it, by accident or not. */
export function printed(what: unknown): string {
  if (typeof what === 'string') return what;
  const causes = [what];
  for (let each = what; each instanceof Error && each.cause !== undefined; each = each.cause)
    causes.push(each.cause);
  return causes
    .flatMap((each) => [
      inspect(each, {
        depth: Infinity,
        showHidden: true,
        getters: true,
        maxStringLength: null,
        maxArrayLength: null,
      }),
      each instanceof Error ? `${each.name} ${each.message} ${each.stack}` : '',
      json(each),
      text(each),
    ])
    .join('\n');
}

function json(what: unknown): string {
  try {
    return JSON.stringify(what) ?? '';
  } catch {
    return '';
  }
}

function text(what: unknown): string {
  try {
    return String(what);
  } catch {
    return '';
  }
}

/** Who reads everything that an operator may read. */
export interface Witness {
  readonly logger: Logger;
  see(what: unknown): void;
  /** All of it, as text. */
  testimony(): string;
}

export function createWitness(): Witness {
  const seen: string[] = [];
  const see = (what: unknown): void => void seen.push(printed(what));
  return { logger: { warn: see, error: see }, see, testimony: () => seen.join('\n') };
}
