// A worker of pg-boss in a process of its own, which kills itself in the middle of its first job.
import { createGate } from '@countersign/core';
import { postgresStore } from '@countersign/postgres';
import { Pool } from 'pg';
import PgBoss from 'pg-boss';
import { die } from './crash.ts';
import type { Job } from './payments.ts';

const [database = '', name = '', point = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: database });
const gate = createGate({ store: postgresStore(pool).transactional() });
const boss = new PgBoss({ connectionString: database, supervise: false, schedule: false });
await boss.start();

await boss.work<Job>(name, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
  if (job === undefined) return;
  await gate.run(job.data.key, async ({ tx }) => {
    await tx.query('insert into effects values ($1, $2)', [job.data.id, 'crashed']);
    if (point === 'before-commit') await die();
  });
  await die();
});
