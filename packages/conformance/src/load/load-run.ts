import { join } from 'node:path';
import { ddl } from '@countersign/postgres';
import { bundle } from '../bundle.ts';
import { openLedger } from '../crash/ledger.ts';
import { random } from '../crash/random.ts';
import { forgetPrefix, redisUrl } from '../crash/servers.ts';
import { BOOK_TABLE, openBook } from './books.ts';
import { type Capacity, calibrate } from './calibrate.ts';
import { Client } from './client.ts';
import { growths } from './growth.ts';
import type { LoadOptions, ServerOptions } from './load-options.ts';
import { LoadServer } from './load-server.ts';
import type { Vitals } from './messages.ts';
import { type Plan, plansOf } from './plan.ts';
import { Traffic } from './traffic.ts';

export interface LoadReport {
  readonly capacity: Capacity | undefined;
  /** Requests a second. */
  readonly rate: number;
  readonly plans: number;
  readonly traffic: Traffic;
  readonly samples: readonly Vitals[];
  readonly lost: number;
  readonly doubles: number;
  /** Handled, and nobody sent it like that. */
  readonly foreign: number;
  readonly complaints: readonly string[];
}

/** Of what the server can do. */
const LOAD = 0.8;

/** ms between two looks at the server. */
const INTERVAL = 10_000;

/** Events that must have been handled, once each. */
const genuine = (plans: readonly Plan[], capacity: Capacity | undefined): Set<string> =>
  new Set([...plans.filter(({ fate }) => fate !== 'tampered').map(({ id }) => id), ...(capacity?.ids ?? [])]);

/** Looks at the server now and then while work goes on, and once more when it is done. */
async function watched(server: LoadServer, work: Promise<unknown>): Promise<Vitals[]> {
  const samples: Vitals[] = [];
  let asked: Promise<unknown> = Promise.resolve();
  const look = async (): Promise<void> => void samples.push(await server.vitals());
  const timer = setInterval(() => {
    asked = asked.then(look);
  }, INTERVAL);
  try {
    await work;
  } finally {
    clearInterval(timer);
    await asked;
  }
  await look();
  return samples;
}

function complaintsOf(report: Omit<LoadReport, 'complaints'>, server: LoadServer): string[] {
  const { traffic, samples, lost, doubles, foreign } = report;
  const { first, duplicate, redelivered } = traffic.tallies;
  const statuses = [first, duplicate, redelivered].flatMap(({ told }) => [...told.keys()]);
  const strange = [...new Set(statuses)].filter((status) => status !== 200 && status !== 503);
  return [
    ...traffic.complaints.slice(0, 10),
    ...growths(samples),
    ...(lost > 0 ? [`${lost} events were lost`] : []),
    ...(doubles > 0 ? [`${doubles} events were handled more than once`] : []),
    ...(foreign > 0 ? [`${foreign} forgeries were handled`] : []),
    ...(traffic.unacknowledged.length > 0 ? [`${traffic.unacknowledged.length} never got a 2xx`] : []),
    ...strange.map((status) => `genuine deliveries were told ${status}`),
    ...((samples.at(-1)?.unhandled ?? 0) > 0 ? ['there were unhandled rejections'] : []),
    ...(server.ended === undefined ? [] : [server.ended]),
  ];
}

/** Loads an endpoint for a while, and compares what its senders were told with what its handler did. */
export async function loadRun({
  store,
  seconds,
  rate: given,
  seed,
  mistake,
}: LoadOptions): Promise<LoadReport> {
  const chance = random(seed);
  const ledger = await openLedger([ddl(), BOOK_TABLE]);
  const prefix = `${new URL(ledger.url).pathname.slice(1)}:`;
  const options: ServerOptions = { store, redis: redisUrl, database: ledger.url, prefix, mistake };
  const program = await bundle(join(import.meta.dirname, 'server.ts'));
  const server = await LoadServer.start(program.file, options);
  const client = new Client(server.port);
  const book = openBook(options);
  try {
    const capacity = given === undefined ? await calibrate(client, chance) : undefined;
    const rate = given ?? (capacity as Capacity).rate * LOAD;
    const plans = plansOf(chance, rate, seconds);
    const traffic = new Traffic(client);
    const samples = await watched(server, traffic.run(plans));

    const wanted = genuine(plans, capacity);
    const written = await book.read();
    const report = {
      capacity,
      rate,
      plans: plans.length,
      traffic,
      samples,
      lost: [...wanted].filter((id) => !written.has(id)).length,
      doubles: [...written.values()].filter((times) => times > 1).length,
      foreign: [...written.keys()].filter((id) => !wanted.has(id)).length,
    };
    return { ...report, complaints: complaintsOf(report, server) };
  } finally {
    await client.close();
    await server.stop();
    await book.close();
    await program.remove();
    await ledger.drop();
    await forgetPrefix(prefix);
  }
}
