import { crashRuns } from './crash-options.ts';
import { type CrashReport, crashRun } from './crash-run.ts';

/** What each mode promises: see the README. */
const isKept = ({ options, lost, doubles, unexplained, unacknowledged }: CrashReport): boolean =>
  lost === 0 &&
  unacknowledged === 0 &&
  unexplained.length === 0 &&
  (options.mode.startsWith('lease') || doubles === 0);

for (const options of crashRuns()) {
  const report = await crashRun(options);
  const { mode, events, deliveries, seed } = options;
  const { seconds, kills, lost, doubles, unexplained, unacknowledged, attempts } = report;
  console.log(
    `${mode}: ${events} events × ${deliveries} deliveries, seed ${seed}, ${seconds} s, ${kills} kills, ${attempts} attempts: ` +
      `${lost} lost, ${unacknowledged} unacknowledged, ${doubles} doubles, ${unexplained.length} of them unexplained`,
  );
  for (const line of unexplained.slice(0, 20)) console.log(`  ${line}`);
  if (!isKept(report)) process.exitCode = 1;
}
