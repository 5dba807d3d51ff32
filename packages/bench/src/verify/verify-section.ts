import { type Delivery, deliveryOf, tampered } from '../delivery.ts';
import { interleave } from '../interleave.ts';
import { rounded } from '../rounded.ts';
import type { Section, Table } from '../section.ts';
import { type SenderName, senders } from '../senders.ts';
import type { Contender, Job } from './contender.ts';
import { floors } from './floors.ts';
import { ours } from './ours.ts';
import { peers } from './peers.ts';

const SIZES = [350, 2048, 16_384, 262_144, 1_048_576];
const JOBS: readonly Job[] = ['verify', 'verify + parse'];
const { ROUNDS = '41', ROUND_MS = '30' } = process.env;

/** A contender that refuses everything, or nothing, is fast. */
async function assertHonest({ name, prepare }: Contender, delivery: Delivery): Promise<void> {
  const outcome = async (given: Delivery): Promise<boolean> => {
    const { run, supply } = prepare(given);
    supply?.(1);
    return (async () => run())().then(
      () => true,
      () => false,
    );
  };
  if ((await outcome(delivery)) && !(await outcome(tampered(delivery)))) return;
  throw new Error(
    `${name} (${delivery.sender}, ${delivery.body.length} bytes) takes what it must refuse, or refuses what it must take`,
  );
}

async function rowsOf(job: Job, sender: SenderName, bytes: number): Promise<Table['rows']> {
  const delivery = deliveryOf(sender, bytes, 'evt_1QhM2v2eZvKYlo2C');
  const contenders = [...floors, ...ours, ...peers].filter(
    (each) => each.job === job && each.sender === sender,
  );
  for (const each of contenders) await assertHonest(each, delivery);
  const calls = contenders.map((each) => each.prepare(delivery));
  const timings = await interleave(calls, Number(ROUNDS), Number(ROUND_MS));
  const own = timings[contenders.findIndex(({ name }) => name === 'countersign')]?.us as number;
  return timings.map(({ us, ratio, spread }, at) => ({
    bytes,
    sender,
    by: contenders[at]?.name,
    µs: rounded(us, 2),
    ': floor': rounded(ratio, 3),
    rounds: spread.map((each) => each.toFixed(2)).join(' – '),
    ': countersign': rounded(us / own, 2),
  }));
}

export const verifySection: Section = {
  async run() {
    const tables: Table[] = [];
    for (const job of JOBS) {
      const rows: Table['rows'][number][] = [];
      for (const bytes of SIZES) {
        for (const sender of Object.keys(senders) as SenderName[]) {
          rows.push(...(await rowsOf(job, sender, bytes)));
        }
      }
      tables.push({ title: `${job}, processor time, medians of ${ROUNDS} interleaved rounds`, rows });
    }
    return tables;
  },
};
