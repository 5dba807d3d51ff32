import { randomUUID } from 'node:crypto';
import { createGate, createReceiver, memoryStore, type Receiver } from '@countersign/core';
import { postgresStore } from '@countersign/postgres';
import { redisStore } from '@countersign/redis';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { type CrashPoint, startWorker } from './support/crash.ts';
import { effectsOf, ownDatabase } from './support/own-database.ts';
import { deliver, eventually, type Job, newId, provider } from './support/payments.ts';
import { startPrivateRedis } from './support/private-redis.ts';
import { describeWith, postgresTrouble, REDIS, REDIS_SERVER, redisTrouble } from './support/servers.ts';
import { settleJob } from './support/settle-job.ts';

const noServer = REDIS_SERVER === undefined ? 'there is no redis-server to start' : undefined;
const quiet = { logger: false } as const;

describeWith('BullMQ', [await redisTrouble()], () => {
  const prefix = `countersign-deferred-${randomUUID()}`;
  const redis = new Redis(REDIS, { maxRetriesPerRequest: null });
  const store = redisStore(redis, { prefix: `${prefix}:` });
  let queue: Queue<Job>;
  let receiver: Receiver;

  beforeEach(() => {
    queue = new Queue<Job>(`payments-${randomUUID()}`, { connection: redis, prefix });
    receiver = createReceiver(provider, {
      ...quiet,
      name: queue.name,
      store,
      enqueue: ({ id = '' }, { key, jobId }) =>
        queue.add('job', { key, id }, { jobId, removeOnComplete: true, attempts: 5 }),
    });
    const own = queue;
    onTestFinished(async () => {
      await own.obliterate({ force: true });
      await own.close();
    });
  });
  afterAll(async () => {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1000 })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    }
    redis.disconnect();
  });

  /** A worker of this process. Without a gate it runs whatever the queue hands out. */
  function work(effect: (job: Job) => unknown, { gated = true } = {}): Worker<Job> {
    const gate = createGate({ store });
    const worker = new Worker<Job>(
      queue.name,
      async ({ data }) => {
        if (gated) settleJob(await gate.run(data.key, () => effect(data)));
        else await effect(data);
      },
      { connection: redis, prefix, concurrency: 5 },
    );
    worker.on('error', () => {});
    onTestFinished(() => worker.close());
    return worker;
  }

  const isIdle = async (): Promise<boolean> => {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    return Object.values(counts).every((count) => count === 0);
  };
  const idle = (): Promise<void> => eventually('no job is left', isIdle);

  it('runs an event whose copies came at once one time', async () => {
    const ran: string[] = [];
    work(({ id }) => ran.push(id));
    const id = newId();
    const statuses = await Promise.all(Array.from({ length: 20 }, () => deliver(receiver, id)));
    expect(new Set([...statuses, 200, 503])).toEqual(new Set([200, 503]));
    expect(statuses).toContain(200);
    expect(await deliver(receiver, id)).toBe(200);
    await idle();
    expect(ran).toEqual([id]);
  });

  it.each([
    ['once behind a gate', { gated: true }, 1],
    ['twice without one: the queue forgot the id of what it removed', { gated: false }, 2],
  ])('runs a job that was added twice %s', async (_, options, times) => {
    const ran: string[] = [];
    work(({ id }) => ran.push(id), options);
    const job = { key: `v1|stripe|${queue.name}||${newId()}|:job`, id: newId() };
    for (let round = 0; round < 2; round++) {
      await queue.add('job', job, { jobId: 'a'.repeat(32), removeOnComplete: true });
      await idle();
    }
    expect(ran).toHaveLength(times);
  });

  it('absorbs what is added again because the answer of the queue got lost', async () => {
    const ran: string[] = [];
    const id = newId();
    let lost = 1;
    const losing = createReceiver(provider, {
      ...quiet,
      name: `${queue.name}-losing`,
      store,
      async enqueue({ id: event = '' }, { key, jobId }) {
        await queue.add('job', { key, id: event }, { jobId, removeOnComplete: true });
        if (lost-- > 0) throw new Error('the answer got lost');
      },
    });
    expect(await deliver(losing, id)).toBe(503);
    expect(await deliver(losing, id)).toBe(200);
    expect(await queue.getWaitingCount()).toBe(1);
    work((job) => ran.push(job.id));
    await idle();
    expect(ran).toEqual([id]);
  });

  it('runs a failed job again by its own retries, as the next attempt', async () => {
    const attempts: number[] = [];
    const gate = createGate({ store });
    const worker = new Worker<Job>(
      queue.name,
      async ({ data }) =>
        settleJob(
          await gate.run(data.key, ({ attempt }) => {
            attempts.push(attempt);
            if (attempt < 3) throw new Error('no');
          }),
        ),
      { connection: redis, prefix },
    );
    onTestFinished(() => worker.close());
    expect(await deliver(receiver, newId())).toBe(200);
    await idle();
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('keeps a job that failed for good, and takes no redelivery until that is removed or retried', async () => {
    const ran: string[] = [];
    let isBroken = true;
    work(({ id }) => {
      ran.push(id);
      if (isBroken) throw new Error('no');
    });
    const id = newId();
    await deliver(receiver, id);
    await eventually('the job has failed', async () => (await queue.getFailedCount()) === 1);
    expect(ran).toHaveLength(5);
    isBroken = false;

    expect(await deliver(receiver, id)).toBe(200);
    await receiver.forget(id);
    expect(await deliver(receiver, id)).toBe(200);
    await idle();
    expect(ran).toHaveLength(5);

    const [failed] = await queue.getFailed();
    await failed?.retry();
    await eventually('it was run', async () => (await queue.getFailedCount()) === 0);
    await idle();
    expect(ran).toHaveLength(6);
  });

  it('takes the redelivery of a failed event when its job is removed', async () => {
    const ran: string[] = [];
    let isBroken = true;
    work(({ id }) => {
      ran.push(id);
      if (isBroken) throw new Error('no');
    });
    const id = newId();
    await deliver(receiver, id);
    await eventually('the job has failed', async () => (await queue.getFailedCount()) === 1);
    isBroken = false;
    const [failed] = await queue.getFailed();
    await failed?.remove();
    await receiver.forget(id);
    expect(await deliver(receiver, id)).toBe(200);
    await eventually('it was run', async () => ran.length === 6);
    await idle();
    expect(await queue.getFailedCount()).toBe(0);
  });

  it('runs a finished event again when it is forgotten on both sides', async () => {
    const ran: string[] = [];
    const keys: string[] = [];
    work(({ id, key }) => {
      ran.push(id);
      keys.push(key);
    });
    const id = newId();
    await deliver(receiver, id);
    await eventually('it has run', async () => ran.length === 1 && (await isIdle()));
    await receiver.forget(id);
    await deliver(receiver, id);
    await idle();
    expect(ran).toHaveLength(1);
    await receiver.forget(id);
    await createGate({ store }).forget(keys[0] as string);
    await deliver(receiver, id);
    await eventually('it has run again', async () => ran.length === 2);
  });

  it('refuses an id with a colon, and takes that of the context', async () => {
    const key = 'v1|acme|acme||evt_1|:job';
    await expect(queue.add('job', { key, id: '' }, { jobId: key })).rejects.toThrow(/cannot contain :/);
    await deliver(receiver, newId());
    const [job] = await queue.getWaiting();
    expect(job?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(job?.data.key).toContain(':job');
  });
});

describeWith('BullMQ whose worker is killed', [await redisTrouble(), await postgresTrouble()], () => {
  const database = ownDatabase();
  const prefix = `countersign-deferred-${randomUUID()}`;
  let pool: Pool;

  beforeAll(async () => {
    pool = new Pool({ connectionString: database });
    pool.on('error', () => {});
    await postgresStore(pool).migrate();
  });
  afterAll(() => pool.end());

  /** A job whose first worker is killed, and the worker that gets it then. Resolves to what became of its runs. */
  async function afterCrash(
    point: CrashPoint,
    mode: 'transaction' | 'lease',
    id: string,
  ): Promise<unknown[]> {
    const redis = new Redis(REDIS, { maxRetriesPerRequest: null });
    const queue = new Queue<Job>(`payments-${randomUUID()}`, { connection: redis, prefix });
    const backoff = { type: 'fixed', delay: 200 };
    const options = { removeOnComplete: true, attempts: 50, backoff };
    await queue.add('job', { key: `v1|stripe|${queue.name}||${id}|:job`, id }, options);
    const crash = startWorker('bullmq-worker.ts', REDIS, database, queue.name, prefix, point, mode);
    onTestFinished(crash.kill);
    expect(await crash.ended).toBe('SIGKILL');
    expect(await queue.getActiveCount()).toBe(1);

    const runs: unknown[] = [];
    const store = postgresStore(pool);
    const gate = createGate<unknown>({
      store: mode === 'lease' ? store : store.transactional(),
      lease: 1000,
    });
    const worker = new Worker<Job>(
      queue.name,
      async ({ data }) => {
        const outcome = await gate.run(data.key, async ({ tx, takeover }) => {
          await ((tx ?? pool) as Pool).query('insert into effects values ($1, $2)', [data.id, 'second']);
          return { takeover };
        });
        if (outcome.status !== 'busy') runs.push(outcome.status === 'ran' ? outcome.value : outcome.status);
        settleJob(outcome);
      },
      { connection: redis, prefix, stalledInterval: 300, lockDuration: 500 },
    );
    onTestFinished(async () => {
      await worker.close();
      await queue.obliterate({ force: true });
      await queue.close();
      redis.disconnect();
    });
    await eventually('the job is completed', async () => {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
      return runs.length > 0 && Object.values(counts).every((count) => count === 0);
    });
    return runs;
  }

  it.each<[string, CrashPoint, 'transaction' | 'lease', unknown, number]>([
    ['one effect', 'before-commit', 'transaction', { takeover: false }, 1],
    ['one effect', 'before-completion', 'transaction', 'done', 1],
    // What `lease` promises, and no more.
    ['two effects, the second one told', 'before-record', 'lease', { takeover: true }, 2],
  ])(
    '%s when it dies %s, in mode %s',
    async (_, point, mode, became, effects) => {
      const id = newId();
      expect(await afterCrash(point, mode, id)).toEqual([became]);
      expect(await effectsOf(database, id)).toBe(effects);
    },
    40_000,
  );
});

describeWith('BullMQ whose Redis is killed', [noServer], () => {
  const add = (queue: Queue<Job>) =>
    createReceiver(provider, {
      ...quiet,
      name: queue.name,
      store: memoryStore(),
      enqueue: ({ id = '' }, { key, jobId }) => queue.add('job', { key, id }, { jobId }),
    });

  async function open(...options: string[]) {
    const server = await startPrivateRedis(...options);
    // As in the README: what waits for a server that is away is not refused in time.
    const redis = new Redis(server.url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: null,
      retryStrategy: () => 50,
    });
    redis.on('error', () => {});
    await new Promise((resolve) => redis.once('ready', resolve));
    const queue = new Queue<Job>('payments', { connection: redis });
    queue.on('error', () => {});
    await queue.waitUntilReady();
    onTestFinished(async () => {
      await queue.close().catch(() => {});
      redis.disconnect();
      await server.close();
    });
    return {
      server,
      queue,
      // What is sent before the client has noticed waits for the server to come back.
      isAway: () => eventually('Redis is away', async () => redis.status !== 'ready'),
      isBack: () => eventually('Redis is back', async () => redis.status === 'ready'),
    };
  }

  it('answers 503 while it is away, and takes the event when its sender comes again', async () => {
    const { server, queue, isAway, isBack } = await open();
    const receiver = add(queue);
    const id = newId();
    await server.kill();
    await isAway();
    expect(await deliver(receiver, id)).toBe(503);
    expect(await deliver(receiver, id)).toBe(503);
    await server.start();
    await isBack();
    expect(await deliver(receiver, id)).toBe(200);
    expect(await queue.getWaitingCount()).toBe(1);
  }, 30_000);

  it.each([
    ['loses what it had acknowledged, without a log on disk', ['--appendonly', 'no'], 0],
    ['loses nothing with appendfsync always', ['--appendonly', 'yes', '--appendfsync', 'always'], 1],
  ])(
    '%s',
    async (_, options, left) => {
      const { server, queue, isBack } = await open(...options);
      expect(await deliver(add(queue), newId())).toBe(200);
      await server.kill();
      await server.start();
      await isBack();
      expect(await queue.getWaitingCount()).toBe(left);
    },
    30_000,
  );
});
