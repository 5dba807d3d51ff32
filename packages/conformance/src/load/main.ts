import { parseArgs } from 'node:util';
import type { StoreName } from './load-options.ts';
import { type LoadReport, loadRun } from './load-run.ts';
import { canPin, leaveFirstCore } from './load-server.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '600' },
    store: { type: 'string' },
    rate: { type: 'string' },
  },
});
const seed = Number(values.seed);
const seconds = Number(values.seconds);
const stores = (values.store === undefined ? ['redis', 'postgres'] : [values.store]) as StoreName[];

const MIB = 1024 * 1024;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Of one core, from the first look to the last. */
function busy(samples: LoadReport['samples']): number {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (first === undefined || last === undefined || first === last) return Number.NaN;
  return round((last.cpu - first.cpu) / 10 / (last.at - first.at));
}

function summaryOf({ capacity, rate, plans, traffic, samples, lost, doubles, foreign }: LoadReport) {
  const last = samples.at(-1);
  const kinds = Object.entries(traffic.tallies).map(([kind, { times, told }]) => ({
    kind,
    requests: times.count,
    told: [...told].map(([status, count]) => `${status}: ${count}`).join(', '),
    'p50 ms': round(times.quantile(0.5)),
    'p95 ms': round(times.quantile(0.95)),
    'p99 ms': round(times.quantile(0.99)),
    'max ms': round(times.max),
  }));
  const thirds = [1, 2, 3].map((third) => samples[Math.ceil((samples.length * third) / 3) - 1]);
  return {
    capacity: capacity && round(capacity.rate),
    rate: round(rate),
    events: plans,
    lost,
    doubles,
    'forgeries handled': foreign,
    'heap MiB, by thirds': thirds.map((sample) => round((sample?.heap ?? 0) / MIB)),
    'memory MiB, by thirds': thirds.map((sample) => round((sample?.rss ?? 0) / MIB)),
    'loop late, p99 ms, worst': round(Math.max(...samples.map(({ lag }) => lag))),
    'server busy, %': busy(samples),
    'handles at the end': last?.handles,
    'unhandled rejections': last?.unhandled,
    'senders late, worst ms': round(traffic.late),
    kinds,
  };
}

leaveFirstCore();
if (!canPin) console.log('there is no taskset here: the server is not held to one core');
const found: Record<string, unknown> = {};
for (const store of stores) {
  const report = await loadRun({ store, seconds, seed, ...(values.rate && { rate: Number(values.rate) }) });
  const { kinds, ...summary } = summaryOf(report);
  console.log(
    `${store}, seed ${seed}, ${seconds} s: ${report.complaints.length === 0 ? 'as promised' : 'BROKEN'}`,
  );
  for (const [name, value] of Object.entries(summary)) console.log(`  ${name}: ${value}`);
  console.table(kinds);
  for (const complaint of report.complaints) console.log(`  ${complaint}`);
  if (report.complaints.length > 0) process.exitCode = 1;
  found[store] = { ...summary, kinds, complaints: report.complaints };
}
console.log(JSON.stringify(found));
