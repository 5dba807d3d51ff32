import { rounded } from '../rounded.ts';
import type { Section, Table } from '../section.ts';
import { memorySubject } from './memory-subject.ts';
import { postgresSubjects } from './postgres-subjects.ts';
import { type Rates, raceLanes } from './race-lanes.ts';
import { redisSubject } from './redis-subject.ts';
import { sqliteSubject } from './sqlite-subject.ts';
import { storm } from './storm.ts';
import type { Subject } from './subject.ts';

const {
  REDIS_URL = 'redis://127.0.0.1:6379',
  DATABASE_URL = 'postgres://postgres@127.0.0.1:5432/postgres',
  STORE_ROUNDS = '31',
  STORE_ROUND_MS = '100',
  RECORDS = '20000',
} = process.env;
const CONCURRENCY = [1, 64];
const COPIES = 1000;

function rateRow(store: string, raw: string | undefined, concurrency: number, rates: Rates) {
  const { ratio, spread = [] } = rates;
  return {
    store,
    concurrency,
    'ours/s': rounded(rates.ours),
    'raw/s': rounded(rates.raw),
    'ours : raw': rounded(ratio, 2),
    rounds: spread.map((each) => each.toFixed(2)).join(' – '),
    raw,
  };
}

async function ratesOf(subjects: readonly Subject[]): Promise<Table> {
  const rows: Table['rows'][number][] = [];
  for (const { name, ours, raw } of subjects) {
    for (const concurrency of CONCURRENCY) {
      const rates = await raceLanes(ours, raw, concurrency, Number(STORE_ROUNDS), Number(STORE_ROUND_MS));
      rows.push(rateRow(name, raw?.name, concurrency, rates));
    }
  }
  const title = `claim + complete, medians of ${STORE_ROUNDS} interleaved rounds of ${STORE_ROUND_MS} ms`;
  return { title, rows };
}

async function stormsOf(subjects: readonly Subject[]): Promise<Table> {
  const rows: Table['rows'][number][] = [];
  for (const subject of subjects) {
    const { runs, whileItRuns, whenItIsDone } = await storm(subject, COPIES);
    for (const [event, { answers, p50, p99 }] of Object.entries({ runs: whileItRuns, done: whenItIsDone })) {
      const counts = Object.entries(answers).map(([status, count]) => `${count} ${status}`);
      const figures = { p50: rounded(p50), p99: rounded(p99), answers: counts.join(', ') };
      rows.push({ store: subject.name, event, 'handler runs': runs, ...figures });
    }
  }
  const title = `${COPIES} copies of one delivery at once, twice; ms until those that do not run are answered`;
  return { title, rows };
}

async function footprintsOf(subjects: readonly Subject[]): Promise<Table> {
  const rows: Table['rows'][number][] = [];
  for (const subject of subjects) {
    rows.push({ store: subject.name, bytes: rounded(await subject.footprint(Number(RECORDS))) });
  }
  return { title: `bytes a finished delivery, over ${RECORDS}`, rows };
}

/** Stores beside what one would write by hand. Rates depend on the machine: read the ratios. */
export const storesSection: Section = {
  async run() {
    const subjects = [
      memorySubject(),
      await redisSubject(REDIS_URL),
      ...(await postgresSubjects(DATABASE_URL)),
      await sqliteSubject(),
    ];
    try {
      return [await ratesOf(subjects), await stormsOf(subjects), await footprintsOf(subjects)];
    } finally {
      for (const subject of subjects) await subject.close();
    }
  },
};
