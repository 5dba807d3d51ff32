import { ddl } from '@countersign/postgres';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import type { CrashOptions } from './crash-options.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { random } from './random.ts';
import { send } from './sender.ts';
import { forgetPrefix, redisUrl } from './servers.ts';
import { SECRET } from './worker-options.ts';
import { startWorkers } from './worker-pool.ts';

export interface CrashReport {
  readonly options: CrashOptions;
  readonly seconds: number;
  readonly kills: number;
  /** Deliveries that never got a 2xx. */
  readonly unacknowledged: number;
  /** Events with no effect. */
  readonly lost: number;
  /** Events with more than one effect. */
  readonly doubles: number;
  /** Of those, the ones that no kill between an effect and its completion explains. */
  readonly unexplained: readonly string[];
  readonly attempts: number;
}

/** ms; shorter than the slow handlers take, so that heartbeats are needed. */
const LEASE = 1500;

const jobs = 'create table jobs (key text primary key, event text not null, payload jsonb not null)';

interface Effect {
  readonly event: string;
  readonly generation: string;
  readonly takeover: boolean;
}

/**
 * A double is explained when the process that had each earlier effect was killed before it completed: the store then
 * says that the later one took the delivery over from a lease that had run out.
 */
function isExplained(
  effects: readonly Effect[],
  killed: ReadonlySet<string>,
  completed: ReadonlySet<string>,
): boolean {
  return effects.slice(1).every(({ takeover }, at) => {
    const { event, generation } = effects[at] as Effect;
    return takeover && killed.has(generation) && !completed.has(`${event} ${generation}`);
  });
}

async function settle(ledger: Ledger, mode: CrashOptions['mode'], isOver: () => boolean): Promise<void> {
  while (mode === 'deferred' && !isOver()) {
    const { rows } = await ledger.pool.query('select count(*)::int as left from jobs');
    if (rows[0].left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Senders that never give up, workers that are killed at random, and a ledger of what really happened. */
export async function crashRun(options: CrashOptions): Promise<CrashReport> {
  const { mode, events, deliveries, workers, killEvery, concurrency, seed, limit } = options;
  const chance = random(seed);
  const ledger = await openLedger([ddl(), jobs]);
  const prefix = `${new URL(ledger.url).pathname.slice(1)}:`;
  const pool = await startWorkers(
    workers,
    { mode, ledger: ledger.url, redis: redisUrl, prefix, lease: LEASE },
    seed,
  );
  const started = Date.now();
  const isOver = (): boolean => Date.now() - started > limit;
  const provider = standardWebhooks({ secret: SECRET });

  let running = true;
  let kills = 0;
  const killer = (async () => {
    while (killEvery > 0 && running) {
      await new Promise((resolve) => setTimeout(resolve, killEvery * (0.5 + chance())));
      if (!running) return;
      await pool.kill(Math.floor(chance() * workers));
      kills++;
    }
  })();

  // Each event several times, in an order that mixes the copies.
  const queue = Array.from({ length: events * deliveries }, (_, at) => at % events);
  for (let at = queue.length - 1; at > 0; at--) {
    const other = Math.max(0, at - Math.floor(chance() * 200));
    [queue[at], queue[other]] = [queue[other] as number, queue[at] as number];
  }
  let unacknowledged = 0;
  let attempts = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let event = queue.pop(); event !== undefined; event = queue.pop()) {
        const kind = event % 100;
        const payload = { takes: kind < 2 ? 2400 : 30, fails: kind > 94 ? 1 : 0 };
        const tried = await send({
          provider,
          id: `evt_${event}`,
          payload,
          port: () => pool.ports[Math.floor(Math.random() * workers)] as number,
          backoff: (count) => Math.min(50 * 2 ** count, 800) * (0.5 + Math.random()),
          isOver,
        });
        attempts += tried;
        if (tried === 0) unacknowledged++;
      }
    }),
  );
  await settle(ledger, mode, isOver);
  running = false;
  await killer;
  await pool.stop();

  const { rows } = await ledger.pool.query<Effect>(
    'select event, generation, takeover from effects order by at',
  );
  const ended = await ledger.pool.query('select event, generation from completions');
  const completed = new Set(ended.rows.map(({ event, generation }) => `${event} ${generation}`));
  const byEvent = new Map<string, Effect[]>();
  for (const row of rows) byEvent.set(row.event, [...(byEvent.get(row.event) ?? []), row]);
  const doubled = [...byEvent].filter(([, effects]) => effects.length > 1);
  await ledger.drop();
  await forgetPrefix(prefix);
  return {
    options,
    seconds: Math.round((Date.now() - started) / 1000),
    kills,
    unacknowledged,
    lost: events - byEvent.size,
    doubles: doubled.length,
    unexplained: doubled
      .filter(([, effects]) => !isExplained(effects, pool.killed, completed))
      .map(([event, effects]) => `${event}: ${JSON.stringify(effects)}`),
    attempts,
  };
}
