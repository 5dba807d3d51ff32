import type { FaultCase, FaultReport } from './fault-run.ts';
import type { LoadOptions } from './load.ts';

/** What a sender may be told while something is broken: never a status after which some of them give up. */
const TOLD = new Set(['200', '500', '503']);

/** What a guarantee promises under a fault, as complaints: none when all of it was kept. */
export function brokenPromises(
  { guarantee, forgets, isNetwork }: FaultCase,
  { strikes }: LoadOptions,
  report: FaultReport,
): readonly string[] {
  const { lost, unacknowledged, unfounded, told, forgotten, unrecorded, unexplained } = report;
  const rules: readonly (readonly [boolean, string])[] = [
    [report.strikes === strikes, `the fault struck ${report.strikes} times, not ${strikes}`],
    [!isNetwork || report.hits >= strikes, `the network was hit ${report.hits} times only`],
    [lost === 0, `${lost} events lost`],
    [unfounded === 0, `told 2xx without an effect ${unfounded} times`],
    [unacknowledged === 0, `${unacknowledged} deliveries never acknowledged`],
    [Object.keys(told).every((status) => TOLD.has(status)), `told ${JSON.stringify(told)}`],
    [unexplained.length === 0, `doubles that nothing explains: ${unexplained.join('; ')}`],
    [forgets || forgotten === 0, `${forgotten} doubles of a store that forgets nothing`],
    // As documented: what the server forgets runs again.
    [!forgets || forgotten > 0, 'the server forgot, and nothing ran again: the fault did not strike'],
    [guarantee !== 'transaction' || forgotten + unrecorded === 0, 'doubles in a transaction'],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, complaint]) => complaint);
}
