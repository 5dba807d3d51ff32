import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import {
  assertMount,
  createGate,
  createReceiver,
  type EnqueueContext,
  memoryStore,
  PermanentError,
  type WebhookEvent,
} from '../src/index.ts';
import { acme, delivery, NOW, SECRET, thrownBy } from './support/acme.ts';
import { memoryDatabase, type Tx } from './support/memory-database.ts';
import { type Options, receiverOf } from './support/receiver.ts';

const sent = (id = 'evt_1', type = 'ping') => delivery({ type }, { id });

function queue() {
  const jobs: { event: WebhookEvent; key: string; jobId: string }[] = [];
  const enqueue = vi.fn(async (event: WebhookEvent, { key, jobId }: EnqueueContext) => {
    jobs.push({ event, key, jobId });
  });
  return { jobs, enqueue };
}

describe('enqueue', () => {
  it('is handed every event, of whatever type, once', async () => {
    const { jobs, enqueue } = queue();
    const receiver = receiverOf({ enqueue, store: memoryStore() });
    expect(await receiver.receive(sent('a', 'ping'))).toMatchObject({ kind: 'accepted', handled: true });
    expect(await receiver.receive(sent('b', 'toString'))).toMatchObject({ kind: 'accepted', handled: true });
    expect(await receiver.receive(sent('a', 'ping'))).toMatchObject({ kind: 'duplicate' });
    expect(jobs.map(({ event }) => [event.id, event.type])).toEqual([
      ['a', 'ping'],
      ['b', 'toString'],
    ]);
  });

  it('is waited for before the 2xx', async () => {
    let durable = (): void => {};
    const promise = new Promise<void>((resolve) => {
      durable = resolve;
    });
    const answered = vi.fn();
    const answer = receiverOf({ enqueue: () => promise })
      .handle(sent())
      .then(answered);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).not.toHaveBeenCalled();
    durable();
    await answer;
    expect(answered).toHaveBeenCalledWith(expect.objectContaining({ status: 200 }));
  });

  it('that throws has the sender come again: 503, and the event is free', async () => {
    let isAway = true;
    const enqueue = vi.fn(async () => {
      if (isAway) throw new Error('queue is away');
    });
    const receiver = receiverOf({ enqueue });
    expect(await receiver.receive(sent())).toMatchObject({
      kind: 'failed',
      code: 'ERR_WEBHOOK_ENQUEUE_FAILED',
      error: { status: 503, cause: { message: 'queue is away' } },
    });
    expect(await receiver.handle(sent())).toMatchObject({
      status: 503,
      body: '{"error":"retry_later"}',
      headers: { 'retry-after': '10' },
    });
    isAway = false;
    expect(await receiver.handle(sent())).toMatchObject({ status: 200 });
    expect(enqueue).toHaveBeenCalledTimes(3);
  });

  it('may give an event up for good', async () => {
    const onDeadLetter = vi.fn();
    const enqueue = () => Promise.reject(new PermanentError('too large for the queue'));
    const receiver = receiverOf({ enqueue, hooks: { onDeadLetter } });
    expect(await receiver.handle(sent())).toMatchObject({ status: 200 });
    expect(onDeadLetter).toHaveBeenCalledOnce();
  });

  it('is mounted by webhook()', () => {
    const receiver = receiverOf({ enqueue: () => {} });
    expect(receiver.handles).toBe(true);
    expect(thrownBy(() => assertMount(receiver, 'webhook'))).toBeUndefined();
    expect(thrownBy(() => assertMount(receiver, 'verifyWebhook'))).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_MOUNT',
      message: expect.stringContaining('`enqueue`'),
    });
  });

  it.each<[string, Options, RegExp]>([
    ['beside handlers', { on: {}, enqueue: () => {} }, /`on` and `enqueue` exclude each other/],
    ['that is none', { enqueue: 'jobs' } as unknown as Options, /enqueue is not a function/],
    ['with maxAttempts', { enqueue: () => {}, maxAttempts: 3 }, /maxAttempts would give events up/],
  ])('is refused %s', (_, options, message) => {
    expect(thrownBy(() => receiverOf(options))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_WEBHOOK_CONFIG_OPTION',
      message: expect.stringMatching(message),
    });
  });

  it('leaves events that a schema refuses to quarantine, whose failure is not the queue’s', async () => {
    const { enqueue, jobs } = queue();
    const refusing = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'no' }] }) },
    };
    const receiver = receiverOf({
      enqueue,
      schemas: { ping: refusing } as Options['schemas'],
      quarantine: () => Promise.reject(new Error('disk full')),
    } as Options);
    expect(await receiver.receive(sent())).toMatchObject({ code: 'ERR_WEBHOOK_HANDLER_FAILED' });
    expect(jobs).toEqual([]);
  });
});

describe('the key of a job', () => {
  it('is not the one of its delivery, so that the worker may share the store', async () => {
    const store = memoryStore();
    const { jobs, enqueue } = queue();
    const receiver = receiverOf({ enqueue, store });
    await receiver.receive(sent());
    const [job] = jobs;
    const worker = createGate({ store });
    const work = vi.fn();
    const run = () => worker.run(job?.key as string, work);
    expect(await run()).toMatchObject({ status: 'ran' });
    expect(await run()).toMatchObject({ status: 'done' });
    expect(work).toHaveBeenCalledOnce();
    expect(job?.key).toBe('v1|acme|acme||evt_1|:job');
  });

  it('is the same for every attempt, and another for every event', async () => {
    const keys: string[] = [];
    const enqueue = (_: unknown, { key }: EnqueueContext) => {
      keys.push(key);
      throw new Error('no');
    };
    const receiver = receiverOf({ enqueue });
    for (const id of ['a', 'a', 'b', 'a|:job']) await receiver.receive(sent(id));
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(3);
  });

  it('differs from that of every item of a batch', async () => {
    const taken: string[] = [];
    const inner = memoryStore();
    const store = {
      ...inner,
      claim: (...request: Parameters<typeof inner.claim>) => {
        taken.push(request[0]);
        return inner.claim(...request);
      },
    };
    const items = [':job', '|:job', 'job', '', '%3Ajob'];
    const receiver = receiverOf({
      store,
      on: {
        ping: async (_, { once }) => void (await Promise.all(items.map((item) => once(item, () => {})))),
      },
    });
    await receiver.receive(sent());
    expect(taken).toHaveLength(items.length + 1);
    expect(taken).not.toContain('v1|acme|acme||evt_1|:job');
  });

  it('has at most 200 bytes, and an id that every queue takes', async () => {
    const { jobs, enqueue } = queue();
    const receiver = receiverOf({ enqueue, name: 'n'.repeat(150), tenant: 't'.repeat(150), limit: 4096 });
    const ids = ['x'.repeat(190), 'x'.repeat(189), '%'.repeat(60), 'evt_1'];
    for (const id of ids) await receiver.receive(sent(id));
    expect(jobs).toHaveLength(ids.length);
    for (const { key, jobId } of jobs) {
      expect(new TextEncoder().encode(key).length).toBeLessThanOrEqual(200);
      expect(jobId).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(new Set(jobs.map(({ key }) => key)).size).toBe(ids.length);
    expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(ids.length);
  });

  it('has an id that is 128 bits of its digest', async () => {
    const { jobs, enqueue } = queue();
    await receiverOf({ enqueue }).receive(sent());
    const digest = createHash('sha256').update('v1|acme|acme||evt_1|:job').digest('hex');
    expect(jobs[0]?.jobId).toBe(digest.slice(0, 32));
  });
});

describe('enqueue in a transaction', () => {
  it('writes the job and the record of its delivery together', async () => {
    let failing = true;
    const database = memoryDatabase({ commit: () => failing && Promise.reject(new Error('no')) }, () => NOW);
    const receiver = createReceiver(acme({ secret: SECRET }), {
      logger: false,
      now: () => NOW,
      store: database.store,
      enqueue: (event, { tx, jobId }) => tx.set(jobId, event.id),
    });
    expect(await receiver.handle(sent())).toMatchObject({ status: 503 });
    expect([database.rows(), database.keys()]).toEqual([{}, []]);
    failing = false;
    expect(await receiver.handle(sent())).toMatchObject({ status: 200 });
    expect(Object.values(database.rows())).toEqual(['evt_1']);
    expect(database.keys()).toHaveLength(1);
  });

  it('rolls back what it wrote when it throws', async () => {
    const database = memoryDatabase({}, () => NOW);
    const receiver = createReceiver(acme({ secret: SECRET }), {
      logger: false,
      now: () => NOW,
      store: database.store,
      async enqueue(event, { tx }: EnqueueContext<Tx>) {
        await tx.set('job', event.id);
        throw new Error('no');
      },
    });
    expect(await receiver.receive(sent())).toMatchObject({ code: 'ERR_WEBHOOK_ENQUEUE_FAILED' });
    expect(database.rows()).toEqual({});
  });
});
