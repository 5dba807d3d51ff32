import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ddl } from '@countersign/postgres';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import type { Mode } from '../crash/crash-options.ts';
import { openLedger } from '../crash/ledger.ts';
import { send } from '../crash/sender.ts';
import { redisUrl } from '../crash/servers.ts';
import { SECRET, STEPS, type Step, type WorkerOptions } from '../crash/worker-options.ts';
import { startWorkers } from '../crash/worker-pool.ts';
import { forgetPrefix } from '../linearizability/forget-prefix.ts';
import { ABSENT, type Expectation, type Outcome } from './expected.ts';

export interface KillReport {
  readonly mode: Mode;
  readonly step: Step;
  readonly found: Expectation;
  /** How often the event was sent until the sender was told 2xx; 0: it never was. */
  readonly sent: number;
}

/** ms */
const LEASE = 450;
const LIMIT = 15_000;

/** ms of a handler whose heartbeat is waited for: far more than a third of the lease, wherever its effect falls. */
const LONG = 60_000;

const jobs = 'create table jobs (key text primary key, event text not null, payload jsonb not null)';

/** Ends a worker once at each step of a mode, and looks at what became of the event that it had in its hands. */
export async function killRun(mode: Mode, seed: number): Promise<readonly KillReport[]> {
  const ledger = await openLedger([ddl(), jobs]);
  const prefix = `${new URL(ledger.url).pathname.slice(1)}:`;
  const folder = await mkdtemp(join(tmpdir(), 'countersign-kill-'));
  const provider = standardWebhooks({ secret: SECRET });
  // While its file is there, a step does nothing.
  const fileOf = (at: number): string => join(folder, `step-${at}`);
  const at = (index: number) => ({ killAt: STEPS[index] ?? STEPS[0], onceFile: fileOf(index) });
  const options = {
    mode,
    ledger: ledger.url,
    redis: redisUrl,
    prefix,
    lease: LEASE,
    ...at(0),
  } satisfies Omit<WorkerOptions, 'port' | 'generation' | 'seed'>;
  await writeFile(fileOf(0), '');
  const pool = await startWorkers(1, options, seed);

  async function settle(isOver: () => boolean): Promise<void> {
    while (mode === 'deferred' && !isOver()) {
      const { rows } = await ledger.pool.query('select count(*)::int as left from jobs');
      if (rows[0].left === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async function outcomeOf(event: string): Promise<Outcome> {
    const { rows } = await ledger.pool.query<{ attempt: number; takeover: boolean }>(
      'select attempt, takeover from effects where event = $1 order by at',
      [event],
    );
    return { effects: rows.map(({ attempt }) => attempt), takeover: rows.at(-1)?.takeover ?? false };
  }

  async function endAt(step: Step, index: number): Promise<KillReport> {
    const file = fileOf(index);
    // The worker that waits here is meant for this step, and the one that replaces it for the next.
    await writeFile(fileOf(index + 1), '');
    Object.assign(options, at(index + 1));
    await rm(file);
    const deadline = Date.now() + LIMIT;
    const isOver = (): boolean => Date.now() > deadline;
    const isLong = step === 'in heartbeat' && mode.startsWith('lease');
    const sent = await send({
      provider,
      id: `evt_${index}`,
      payload: {
        fails: 0,
        get takes() {
          return isLong && !existsSync(file) ? LONG : 0;
        },
      },
      port: () => pool.ports[0] as number,
      backoff: () => 25,
      isOver,
    });
    await settle(isOver);
    const wasThere = existsSync(file);
    const outcome = await outcomeOf(`evt_${index}`);
    if (wasThere) return { mode, step, sent, found: outcome };
    await pool.kill(0);
    const isUndisturbed = outcome.effects.length === 1 && !outcome.takeover;
    return { mode, step, sent, found: isUndisturbed ? ABSENT : outcome };
  }

  try {
    const reports: KillReport[] = [];
    for (const [index, step] of STEPS.entries()) reports.push(await endAt(step, index));
    return reports;
  } finally {
    await pool.stop();
    await ledger.drop();
    await forgetPrefix(redisUrl, prefix);
    await rm(folder, { recursive: true, force: true });
  }
}
