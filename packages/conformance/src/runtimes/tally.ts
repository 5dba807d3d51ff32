import type { Check } from './checks/check.ts';

/** Columns of the table. */
export const COLUMNS = ['modules', 'vectors', 'stores', 'fetch', 'adapters', 'wire'] as const;

export type Column = (typeof COLUMNS)[number];

export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** What came of some checks. */
export interface Tally {
  readonly column: Column;
  readonly passed: number;
  /** Deliveries that were judged, by those checks that count them. */
  readonly deliveries: number;
  readonly failures: readonly Failure[];
}

/** ms for one check, on a machine that is busy with other runtimes. */
const LIMIT = 30_000;

async function judge({ run }: Check): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${LIMIT} ms`)), LIMIT);
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

const messageOf = (error: unknown): string => {
  const { message, cause } = error instanceof Error ? error : { message: String(error) };
  return cause === undefined ? message : `${message} (${cause instanceof Error ? cause.stack : cause})`;
};

/** Runs checks one after another, or all at once. */
export async function tally(column: Column, checks: readonly Check[], atOnce = false): Promise<Tally> {
  const failures: Failure[] = [];
  let deliveries = 0;
  async function count(check: Check): Promise<void> {
    try {
      deliveries += Number(await judge(check)) || 0;
    } catch (error) {
      failures.push({ name: check.name, message: messageOf(error) });
    }
  }
  if (atOnce) await Promise.all(checks.map(count));
  else for (const check of checks) await count(check);
  return { column, passed: checks.length - failures.length, deliveries, failures };
}

/** Begins the lines by which a program tells its tallies; everything else that it prints is talk. */
const MARK = 'countersign-tally ';

export const print = (each: Tally): void => console.log(MARK + JSON.stringify(each));

/** The tallies in what a program printed. */
export const talliesIn = (output: string): readonly Tally[] =>
  output
    .split('\n')
    .flatMap((line) => (line.startsWith(MARK) ? [JSON.parse(line.slice(MARK.length)) as Tally] : []));
