import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.ts';
import type { AttackReport } from './attack-run.ts';
import { allAssaults } from './attacks/index.ts';
import { campaign } from './campaign.ts';
import { conversationRun } from './conversation-run.ts';
import { crowdRun } from './crowd-run.ts';
import { crowds } from './crowds.ts';
import type { Framework } from './frameworks/framework.ts';
import { frameworks } from './frameworks/index.ts';
import { mutationRun } from './mutation-run.ts';
import { parserOrders } from './parser-orders.ts';
import { PATIENT, type ServerOptions, USUAL } from './server-options.ts';
import { openTarget, type Target } from './target.ts';

const { values } = parseArgs({
  options: {
    framework: { type: 'string', default: '' },
    attack: { type: 'string', default: '' },
    part: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const started = Date.now();
const chosen = frameworks.filter(({ name }) => name.includes(values.framework));
const { file, remove } = await bundle(join(import.meta.dirname, 'server.ts'));
let wrongs = 0;

function tell(line: string, wrong: readonly string[]): void {
  wrongs += wrong.length;
  console.log(`${line}, ${wrong.length} wrong`);
  for (const each of wrong.slice(0, 20)) console.log(`  ${each}`);
}

async function onTarget<Report>(
  { name }: Framework,
  settings: Omit<ServerOptions, 'framework'>,
  run: (target: Target) => Promise<Report>,
): Promise<Report> {
  const target = await openTarget(file, { ...settings, framework: name });
  try {
    return await run(target);
  } finally {
    await target.server.stop();
  }
}

const MIB = 1024 * 1024;

/** `200 200 200 open` → `3 × 200 open`. */
const shortened = (seen: string): string =>
  seen.replace(/\b(\d{3})(?: \1){2,}/g, (run, status) => `${run.split(' ').length} × ${status}`);

/** What the senders saw, in one line for each attack: by whom, where it is not the same from all. */
function table(reports: readonly AttackReport[]): void {
  const rows = new Map<string, AttackReport[]>();
  for (const report of reports) rows.set(report.attack, [...(rows.get(report.attack) ?? []), report]);
  for (const [attack, group] of rows) {
    const saw = new Map<string, Set<string>>();
    for (const { seen, framework } of group) saw.set(seen, (saw.get(seen) ?? new Set()).add(framework));
    const cells = [...saw].map(([seen, by]) =>
      saw.size === 1 ? shortened(seen) : `${shortened(seen)} (${[...by].join(', ')})`,
    );
    console.log(`${attack} | ${cells.join('; ')}`);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const parts: Readonly<Record<string, () => Promise<void>>> = {
  async attacks() {
    const assaults = allAssaults.filter(({ attack }) => attack.name.includes(values.attack));
    const all = await Promise.all(chosen.map(({ name }) => campaign(file, name, assaults)));
    table(all.flat());
    for (const reports of all) {
      const wrong = reports.flatMap(({ attack, mount, complaints }) =>
        complaints.map((complaint) => `${attack} (${mount}): ${complaint}`),
      );
      const connections = sum(reports.map((report) => report.connections));
      const accepted = sum(reports.map((report) => report.accepted));
      const [{ framework = '' } = {}] = reports;
      tell(
        `${framework}: ${reports.length} attacks, ${connections} connections, ${accepted} times told 2xx`,
        wrong,
      );
    }
  },
  async parsers() {
    for (const each of chosen) {
      for (const [depth, share] of [
        [2, 1],
        [3, 0.1],
      ] as const) {
        const report = await onTarget(each, PATIENT, (target) =>
          parserOrders(target, each, { depth, share, seed }),
        );
        const { orders, deliveries, told, wrong } = report;
        tell(
          `${each.name}: ${orders} orders of up to ${depth}, ${deliveries} deliveries, told ${JSON.stringify(told)}`,
          wrong,
        );
      }
    }
  },
  async conversations() {
    for (const each of chosen) {
      const report = await onTarget(each, PATIENT, (target) =>
        conversationRun(target, { connections: 500, seed }),
      );
      const { connections, requests, told, wrong } = report;
      tell(
        `${each.name}: ${connections} connections, ${requests} requests, told ${JSON.stringify(told)}`,
        wrong,
      );
    }
  },
  async mutations() {
    for (const each of chosen) {
      const report = await onTarget(each, PATIENT, (target) => mutationRun(target, { requests: 3000, seed }));
      const { requests, told, wrong } = report;
      tell(`${each.name}: ${requests} damaged requests, told ${JSON.stringify(told)}`, wrong);
    }
  },
  async crowds() {
    for (const each of chosen) {
      for (const crowd of crowds) {
        const report = await onTarget(each, USUAL, (target) => crowdRun(target, crowd, crowd.count.full));
        const { count, grown, bound, told, served, wrong, ms } = report;
        const memory = `grew by ${(grown / MIB).toFixed(1)} of ${(bound / MIB).toFixed(1)} MiB`;
        const rest = `told ${JSON.stringify(told)}, ${served} served meanwhile, ${Math.round(ms / 1000)} s`;
        tell(`${each.name}: ${count} ${crowd.name}: ${memory}, ${rest}`, wrong);
      }
    }
  },
};

console.log(`seed ${seed}`);
for (const [part, run] of Object.entries(parts)) {
  if (!part.includes(values.part)) continue;
  console.log(`\n${part}`);
  await run();
}
await remove();
console.log(`\n${Math.round((Date.now() - started) / 1000)} s, ${wrongs} wrong`);
if (wrongs > 0) process.exitCode = 1;
