// One conformance run on every runtime, against the packed tarballs. Its arguments are names of runtimes, or their
// beginnings; without any, all of them. Needs a build.
import { availableParallelism } from 'node:os';
import { binaryOf } from './binary-of.ts';
import { cellOf } from './cell.ts';
import { expectations } from './expectations.ts';
import { inPool } from './in-pool.ts';
import { printReport } from './print-report.ts';
import { publishedModules } from './published-modules.ts';
import { readRecords } from './read-records.ts';
import { expectationOf, jobsOf } from './run-way.ts';
import { runtimes } from './runtimes.ts';
import type { Column } from './tally.ts';
import { openWorkshop } from './workshop.ts';

/** Programs wait for leases and deadlines now and then: one more than there are processors keeps these busy. */
const AT_ONCE = availableParallelism() + 1;

const started = Date.now();
const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;

const records = readRecords();
const modules = publishedModules(Object.keys(records.vectors));
const expected = expectations(records, modules);
const all = runtimes(expected);
const names = process.argv.slice(2);
const chosen = all.filter(({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)));
if (chosen.length === 0) throw new Error(`a runtime is one of ${all.map(({ name }) => name).join(', ')}`);

// Fetched while the rest is made ready, and waited for below.
const fetched = Promise.all(chosen.map(async ({ spec }) => [spec, await binaryOf(spec)] as const));
fetched.catch(() => {});
const workshop = await openWorkshop(modules, records);
try {
  const files = new Map(await fetched);
  console.log(`packed, installed, bundled and fetched in ${seconds()}`);
  const ways = chosen.flatMap((runtime) => runtime.ways.map((way) => ({ ...runtime, way })));
  const jobs = ways.flatMap((row) =>
    jobsOf(row.way, files.get(row.spec) as string, workshop).map((job) => async () => ({
      row,
      tallies: await job(),
    })),
  );
  const results = await inPool(AT_ONCE, jobs);
  const rows = ways.map((row) => {
    const tallies = results.filter((result) => result.row === row).flatMap((result) => result.tallies);
    const columns = Object.entries(expectationOf(row.way, expected.wire)) as [Column, number][];
    return {
      title: `${row.title ?? row.spec.replace('@', ' ')}, ${row.way.as}`,
      cells: columns.map(([column, count]) => cellOf(row.name, column, tallies, count)),
    };
  });
  printReport(rows);
  console.log(`done in ${seconds()}`);
  if (rows.some(({ cells }) => cells.some(({ complaints }) => complaints.length > 0))) process.exitCode = 1;
} finally {
  await workshop.close();
}
