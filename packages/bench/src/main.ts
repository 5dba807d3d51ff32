// Stores beside what one would write by hand. Rates depend on the machine: read the ratios.
import { memorySubject } from './memory-subject.ts';
import { postgresSubjects } from './postgres-subjects.ts';
import { type Rates, raceLanes } from './race-lanes.ts';
import { redisSubject } from './redis-subject.ts';
import { sqliteSubject } from './sqlite-subject.ts';
import { storm } from './storm.ts';

const {
  REDIS_URL = 'redis://127.0.0.1:6379',
  ROUNDS = '31',
  ROUND_MS = '100',
  RECORDS = '20000',
} = process.env;
const { DATABASE_URL = 'postgres://postgres@127.0.0.1:5432/postgres' } = process.env;
const CONCURRENCY = [1, 64];
const COPIES = 1000;

const subjects = [
  memorySubject(),
  await redisSubject(REDIS_URL),
  ...(await postgresSubjects(DATABASE_URL)),
  await sqliteSubject(),
];

const round = (value: number | undefined, digits = 0): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(digits));

function row(store: string, raw: string | undefined, concurrency: number, rates: Rates) {
  const { ratio, spread = [] } = rates;
  return {
    store,
    concurrency,
    'ours/s': round(rates.ours),
    'raw/s': round(rates.raw),
    'ours : raw': round(ratio, 2),
    rounds: spread.map((each) => each.toFixed(2)).join(' – '),
    raw,
  };
}

const report = { rates: [] as object[], storms: [] as object[], bytes: [] as object[] };
try {
  for (const { name, ours, raw } of subjects) {
    for (const concurrency of CONCURRENCY) {
      const rates = await raceLanes(ours, raw, concurrency, Number(ROUNDS), Number(ROUND_MS));
      report.rates.push(row(name, raw?.name, concurrency, rates));
    }
  }
  for (const subject of subjects) {
    const { runs, whileItRuns, whenItIsDone } = await storm(subject, COPIES);
    for (const [event, { answers, p50, p99 }] of Object.entries({ runs: whileItRuns, done: whenItIsDone })) {
      const counts = Object.entries(answers).map(([status, count]) => `${count} ${status}`);
      const figures = { p50: round(p50), p99: round(p99), answers: counts.join(', ') };
      report.storms.push({ store: subject.name, event, 'handler runs': runs, ...figures });
    }
  }
  for (const subject of subjects) {
    report.bytes.push({ store: subject.name, bytes: round(await subject.footprint(Number(RECORDS))) });
  }
} finally {
  for (const subject of subjects) await subject.close();
}

console.log(`claim + complete, medians of ${ROUNDS} interleaved rounds of ${ROUND_MS} ms`);
console.table(report.rates);
console.log(`${COPIES} copies of one delivery at once, twice; ms until those that do not run are answered`);
console.table(report.storms);
console.log(`bytes a finished delivery, over ${RECORDS}`);
console.table(report.bytes);
console.log(JSON.stringify(report));
