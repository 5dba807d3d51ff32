import { deliveryOf } from '../delivery.ts';
import { median } from '../median.ts';
import { rounded } from '../rounded.ts';
import type { Section, Table } from '../section.ts';
import { EndpointProcess } from './endpoint-process.ts';
import { endpoints } from './endpoints.ts';
import { load, wireOf } from './load.ts';

const BYTES = 2048;
const CONNECTIONS = 32;
const { ENDPOINT_STARTS = '3', ENDPOINT_ROUNDS = '6', ENDPOINT_REQUESTS = '3000' } = process.env;

interface Round {
  /** Deliveries a second. */
  readonly rate: number;
  /** µs of processor time of the server, for each. */
  readonly cpu: number;
}

async function roundOf(process: EndpointProcess, index: number, round: number): Promise<Round> {
  const count = Number(ENDPOINT_REQUESTS);
  const { sender } = endpoints[index] as (typeof endpoints)[number];
  // Every delivery is new: a duplicate is answered sooner.
  const requests = Array.from({ length: count }, (_, at) =>
    wireOf(deliveryOf(sender, BYTES, `evt_${index}_${round}_${at}`)),
  );
  const before = await process.report();
  const seconds = await load(process.port, requests, CONNECTIONS);
  return { rate: count / seconds, cpu: ((await process.report()).cpu - before.cpu) / count };
}

/** All endpoints in turn, under one load generator. */
async function race(processes: readonly EndpointProcess[], found: readonly Round[][]): Promise<void> {
  for (let round = -2; round < Number(ENDPOINT_ROUNDS); round++) {
    for (let step = 0; step < processes.length; step++) {
      const index = (step + round + 2) % processes.length;
      const figures = await roundOf(processes[index] as EndpointProcess, index, round);
      if (round >= 0) found[index]?.push(figures);
    }
  }
}

/** Several processes for each, one after the other: how memory falls out in one of them is worth some percent. */
async function races(): Promise<readonly (readonly Round[])[]> {
  const found: Round[][] = endpoints.map(() => []);
  for (let start = 0; start < Number(ENDPOINT_STARTS); start++) {
    const processes: EndpointProcess[] = [];
    try {
      for (const index of endpoints.keys()) processes.push(await EndpointProcess.start(index));
      await race(processes, found);
    } finally {
      for (const process of processes) await process.stop();
    }
  }
  return found;
}

const middle = (rounds: readonly Round[], what: keyof Round, beside: readonly Round[]): number =>
  median(rounds.map((each, at) => each[what] / (beside[at] as Round)[what]));

export const endpointsSection: Section = {
  async run() {
    const found = await races();
    const rows: Table['rows'][number][] = endpoints.map(({ framework, sender, by }, at) => {
      const own = endpoints.findIndex(
        (each) => each.framework === framework && each.sender === sender && each.by === 'by hand',
      );
      const [rounds, beside] = [found[at], found[own]] as [Round[], Round[]];
      return {
        framework,
        sender,
        by,
        'deliveries/s': rounded(median(rounds.map(({ rate }) => rate))),
        'server µs': rounded(median(rounds.map(({ cpu }) => cpu)), 1),
        'rate : by hand': rounded(middle(rounds, 'rate', beside), 3),
        'µs : by hand': rounded(middle(rounds, 'cpu', beside), 3),
      };
    });
    const title = `whole endpoints, ${BYTES} bytes, ${CONNECTIONS} connections, medians of ${ENDPOINT_STARTS} × ${ENDPOINT_ROUNDS} rounds of ${ENDPOINT_REQUESTS}, each by itself`;
    return [{ title, rows }];
  },
};
