// A worker of BullMQ in a process of its own, which kills itself in the middle of its first job.
import { createGate } from '@countersign/core';
import { postgresStore } from '@countersign/postgres';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { die } from './crash.ts';
import type { Job } from './payments.ts';

const [redis = '', database = '', name = '', prefix = '', point = '', mode = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: database });
const store = postgresStore(pool);
const gate = createGate<unknown>({ store: mode === 'lease' ? store : store.transactional(), lease: 1000 });

new Worker<Job>(
  name,
  async ({ data }) => {
    await gate.run(data.key, async ({ tx }) => {
      await ((tx ?? pool) as Pool).query('insert into effects values ($1, $2)', [data.id, 'crashed']);
      if (point !== 'before-completion') await die();
    });
    await die();
  },
  {
    connection: new Redis(redis, { maxRetriesPerRequest: null }),
    prefix,
    lockDuration: 500,
    stalledInterval: 300,
  },
);
