import { storeSuite } from '@countersign/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { drivers } from './support/open.ts';
import { scratch } from './support/scratch.ts';

const { path, remove } = scratch();
afterAll(remove);

describe.each(Object.entries(drivers))('%s', (name, open) => {
  describe.each([
    ['a file', path],
    ['memory', () => ':memory:'],
  ])('in %s', (_place, where) => {
    for (const { name: check, run } of storeSuite({ name, open: () => open(where()) })) it(check, run);
  });

  it('passes all checks at the same time on one file, over two connections', async () => {
    const file = path();
    const [one, two] = [await open(file), await open(file)];
    const suites = [one, two].flatMap(({ store }) => storeSuite({ name, open: async () => ({ store }) }));
    await expect(Promise.all(suites.map(({ run }) => run()))).resolves.toHaveLength(suites.length);
    await one.close();
    await two.close();
  });
});

it('keeps deliveries of one driver for the other', async () => {
  const file = path();
  const one = await drivers.libsql(file);
  await one.store.claim('k', { token: 'a', leaseMs: 60_000, retentionMs: 60_000, fingerprint: 'f' });
  await one.store.complete('k', { token: 'a', retentionMs: 60_000, response: { status: 201, body: 'é' } });
  await one.close();
  const two = await drivers['@libsql/client'](file);
  await expect(two.store.claim('k', { token: 'b', leaseMs: 1000, retentionMs: 1000 })).resolves.toEqual({
    status: 'done',
    outcome: 'ok',
    fingerprint: 'f',
    response: { status: 201, body: 'é' },
  });
  await two.close();
});
