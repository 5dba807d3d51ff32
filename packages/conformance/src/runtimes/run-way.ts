import { apps } from './build-programs.ts';
import type { Expectation } from './expectations.ts';
import { runProgram } from './run-program.ts';
import { runWire } from './run-wire.ts';
import type { Way } from './runtimes.ts';
import { COLUMNS, type Column, type Tally } from './tally.ts';
import type { Workshop } from './workshop.ts';

/** Something that can be run at the same time as others. */
export type Job = () => Promise<readonly Tally[]>;

/** What a way of asking a runtime consists of. */
export function jobsOf({ programs, serve }: Way, file: string, workshop: Workshop): readonly Job[] {
  const running = programs.map(({ args, expects, in: place = 'latest' }): Job => {
    const columns = Object.keys(expects) as Column[];
    return () => runProgram({ file, args, cwd: workshop[place] }, columns);
  });
  if (serve === undefined) return running;
  const serving = apps.map(
    (app): Job =>
      async () => [await runWire(app, (port) => ({ file, cwd: workshop.latest, ...serve(app, port) }))],
  );
  return [...running, ...serving];
}

/** How many checks there are to be, by column. */
export function expectationOf({ programs, serve }: Way, wire: Expectation): Expectation {
  const all = [...programs.map(({ expects }) => expects), ...(serve ? apps.map(() => wire) : [])];
  const sum = (column: Column): number => all.reduce((count, each) => count + (each[column] ?? 0), 0);
  return Object.fromEntries(
    COLUMNS.map((column) => [column, sum(column)] as const).filter(([, count]) => count > 0),
  );
}
