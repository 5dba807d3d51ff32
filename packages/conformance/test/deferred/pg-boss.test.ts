import { randomUUID } from 'node:crypto';
import { createGate, createReceiver, type Gate, type Receiver } from '@countersign/core';
import { postgresStore } from '@countersign/postgres';
import { Pool, type PoolClient } from 'pg';
import PgBoss from 'pg-boss';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { type CrashPoint, startWorker } from './support/crash.ts';
import { effectsOf, ownDatabase } from './support/own-database.ts';
import { deliver, eventually, type Job, newId, provider } from './support/payments.ts';
import { describeWith, inDatabase, postgresTrouble } from './support/servers.ts';
import { settleJob } from './support/settle-job.ts';

describeWith('pg-boss', [await postgresTrouble()], () => {
  const database = ownDatabase();
  let pool: Pool;
  let boss: PgBoss;
  let gate: Gate<PoolClient>;
  let queue: string;
  let receiver: Receiver;

  beforeAll(async () => {
    pool = new Pool({ connectionString: database });
    pool.on('error', () => {});
    await postgresStore(pool).migrate();
    boss = new PgBoss({ connectionString: database, schedule: false, maintenanceIntervalSeconds: 1 });
    boss.on('error', () => {});
    await boss.start();
    gate = createGate({ store: postgresStore(pool).transactional() });
  }, 60_000);
  afterAll(async () => {
    await boss.stop({ graceful: false });
    await pool.end();
  });

  /** As in the README. */
  async function send(name: string, job: Job, id: string, tx: PoolClient): Promise<void> {
    const db = { executeSql: (text: string, values: unknown[]) => tx.query(text, values) };
    if ((await boss.send(name, job, { id, db })) !== null) return;
    if ((await boss.getJobById(name, id, { db, includeArchive: true })) === null)
      throw new Error(`pg-boss has no queue ${name}`);
  }

  const receiverOf = (
    name: string,
    enqueue: (job: Job, id: string, tx: PoolClient) => Promise<unknown> = (job, id, tx) =>
      send(name, job, id, tx),
  ): Receiver =>
    createReceiver(provider, {
      logger: false,
      name: `endpoint-${randomUUID()}`,
      store: postgresStore(pool).transactional(),
      enqueue: ({ id = '' }, { key, jobId, tx }) => enqueue({ key, id }, jobId, tx),
    });

  beforeEach(async () => {
    queue = `payments-${randomUUID()}`;
    await boss.createQueue(queue, { name: queue, retryLimit: 4, expireInSeconds: 1 });
    receiver = receiverOf(queue);
  });

  const effect = ({ id }: Job, tx: PoolClient): Promise<unknown> =>
    tx.query('insert into effects values ($1, $2)', [id, 'worker']);

  /** Says what became of every run. */
  async function work(run: (job: Job, tx: PoolClient) => Promise<unknown> = effect): Promise<string[]> {
    const statuses: string[] = [];
    await boss.work<Job>(queue, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
      if (job === undefined) return;
      const outcome = await gate.run(job.data.key, ({ tx }) => run(job.data, tx));
      statuses.push(outcome.status);
      settleJob(outcome);
    });
    const own = queue;
    onTestFinished(() => boss.offWork(own));
    return statuses;
  }

  async function states(): Promise<string[]> {
    const rows = await inDatabase(
      `select state::text from pgboss.job where name = '${queue}' order by created_on`,
      database,
    );
    return (rows as { state: string }[]).map(({ state }) => state);
  }
  const finished = (count = 1): Promise<void> =>
    eventually(
      'every job is completed',
      async () =>
        (await states()).every((state) => state === 'completed') && (await states()).length === count,
    );

  const records = async (): Promise<number> => {
    const [row] = await inDatabase('select count(*)::int as count from countersign_deliveries', database);
    return (row as { count: number }).count;
  };

  it('runs an event whose copies came at once one time', async () => {
    const id = newId();
    const statuses = await Promise.all(Array.from({ length: 20 }, () => deliver(receiver, id)));
    expect(new Set([...statuses, 200, 503])).toEqual(new Set([200, 503]));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
    expect(await deliver(receiver, id)).toBe(200);
    expect(await states()).toEqual(['created']);
    expect(await work()).toEqual([]);
    await finished();
    expect(await effectsOf(database, id)).toBe(1);
  });

  it('commits job and record together: when the transaction fails there is neither', async () => {
    const before = await records();
    let failing = 1;
    const failingOnce = receiverOf(queue, async (job, id, tx) => {
      await send(queue, job, id, tx);
      if (failing-- > 0) throw new Error('no');
    });
    const id = newId();
    expect(await deliver(failingOnce, id)).toBe(503);
    expect(await states()).toEqual([]);
    expect(await deliver(failingOnce, id)).toBe(200);
    expect(await states()).toEqual(['created']);
    expect(await records()).toBe(before + 1);
  });

  it('refuses a queue that does not exist, of which pg-boss says nothing', async () => {
    const unknown = `unknown-${randomUUID()}`;
    expect(await boss.send(unknown, {})).toBeNull();
    expect(await deliver(receiverOf(unknown), newId())).toBe(503);
    await boss.createQueue(unknown);
    expect(await deliver(receiverOf(unknown), newId())).toBe(200);
  });

  it('is asked again when its server went away under the statement', async () => {
    let isAway = true;
    const cut = receiverOf(queue, async (job, id, tx) => {
      await send(queue, job, id, tx);
      if (isAway) await tx.query('select pg_terminate_backend(pg_backend_pid())');
    });
    const id = newId();
    expect(await deliver(cut, id)).toBe(503);
    expect(await states()).toEqual([]);
    isAway = false;
    expect(await deliver(cut, id)).toBe(200);
    expect(await states()).toEqual(['created']);
  });

  it('runs a job that was added twice once', async () => {
    const statuses = await work();
    const id = newId();
    const job = { key: `v1|stripe|${queue}||${id}|:job`, id };
    await boss.send(queue, job);
    await boss.send(queue, job);
    await finished(2);
    expect(statuses.sort()).toEqual(['done', 'ran']);
    expect(await effectsOf(database, id)).toBe(1);
  });

  it('adds no second job under the id of the first', async () => {
    const jobId = 'b'.repeat(32);
    const job = { key: 'k', id: newId() };
    expect(await boss.send(queue, job, { id: jobId })).not.toBeNull();
    expect(await boss.send(queue, job, { id: jobId })).toBeNull();
    expect(await states()).toEqual(['created']);
  });

  it('runs a failed job again, and rolls back what the failed attempt wrote', async () => {
    let runs = 0;
    const statuses = await work(async (job, tx) => {
      await effect(job, tx);
      if (++runs < 3) throw new Error('no');
    });
    const id = newId();
    expect(await deliver(receiver, id)).toBe(200);
    await finished();
    expect(statuses).toEqual(['failed', 'failed', 'ran']);
    expect(await effectsOf(database, id)).toBe(1);
  });

  it('keeps a job that failed for good, and takes no redelivery until that is deleted or retried', async () => {
    let isBroken = true;
    await work(async (job, tx) => {
      if (isBroken) throw new Error('no');
      await effect(job, tx);
    });
    const id = newId();
    await deliver(receiver, id);
    await eventually('the job has failed', async () => (await states())[0] === 'failed');
    isBroken = false;
    await receiver.forget(id);
    expect(await deliver(receiver, id)).toBe(200);
    expect(await states()).toEqual(['failed']);
    const [failed] = await inDatabase(`select id from pgboss.job where name = '${queue}'`, database);
    await boss.retry(queue, (failed as { id: string }).id);
    await finished();
    expect(await effectsOf(database, id)).toBe(1);
  });

  it('runs a finished event again when all three have forgotten it', async () => {
    const keys: string[] = [];
    await work(async (job, tx) => {
      keys.push(job.key);
      await effect(job, tx);
    });
    const id = newId();
    await deliver(receiver, id);
    await finished();
    await receiver.forget(id);
    await gate.forget(keys[0] as string);
    expect(await deliver(receiver, id)).toBe(200);
    expect(await states()).toEqual(['completed']);
    const [done] = await inDatabase(`select id from pgboss.job where name = '${queue}'`, database);
    await boss.deleteJob(queue, (done as { id: string }).id);
    await receiver.forget(id);
    expect(await deliver(receiver, id)).toBe(200);
    await finished();
    expect(await effectsOf(database, id)).toBe(2);
  });

  it.each<CrashPoint>(['before-commit', 'before-completion'])(
    'has one effect when its worker is killed %s',
    async (point) => {
      const id = newId();
      expect(await deliver(receiver, id)).toBe(200);
      const crash = startWorker('pg-boss-worker.ts', database, queue, point);
      onTestFinished(crash.kill);
      expect(await crash.ended).toBe('SIGKILL');
      expect(await states()).toEqual(['active']);
      await eventually('the server has noticed', async () => {
        const expected = point === 'before-commit' ? 0 : 1;
        return (await effectsOf(database, id)) === expected;
      });

      const statuses = await work();
      await finished();
      expect(statuses).toEqual([point === 'before-commit' ? 'ran' : 'done']);
      expect(await effectsOf(database, id)).toBe(1);
    },
    30_000,
  );
});
