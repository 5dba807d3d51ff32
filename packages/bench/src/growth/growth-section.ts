import { interleave } from '../interleave.ts';
import { rounded } from '../rounded.ts';
import type { Section, Table } from '../section.ts';
import type { Call } from '../verify/contender.ts';
import { growths } from './growths.ts';

const { ROUNDS = '41', ROUND_MS = '30' } = process.env;

async function tableOf(what: string, calls: ReadonlyMap<number, Call>): Promise<Table> {
  const timings = await interleave([...calls.values()], Number(ROUNDS), Number(ROUND_MS));
  const counts = [...calls.keys()];
  return {
    title: `µs of processor time a delivery of 2 kB, by ${what}`,
    rows: timings.map(({ us, ratio }, at) => ({
      [what]: counts[at],
      µs: rounded(us, 2),
      ': first': rounded(ratio, 2),
    })),
  };
}

/** What a delivery costs as that grows which should cost little, or nothing. */
export const growthSection: Section = {
  async run() {
    const tables: Table[] = [];
    for (const { what, counts, prepare } of growths) {
      const calls = new Map<number, Call>();
      for (const count of counts) calls.set(count, await prepare(count));
      tables.push(await tableOf(what, calls));
    }
    return tables;
  },
};
