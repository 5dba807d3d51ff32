import { afterAll, afterEach, expect, it } from 'vitest';
import { openLibsql } from './support/open.ts';
import { scratch } from './support/scratch.ts';
import { type Child, kill, spawnChild } from './support/spawn-child.ts';

const { path, remove } = scratch();
const children: Child[] = [];

afterEach(() => Promise.all(children.splice(0).map(kill)));
afterAll(remove);

const KEYS = 200;
const PROCESSES = 4;

it('lets one of four processes at a time have a key, and completes each once', async () => {
  const file = path();
  await openLibsql(file).then(({ close }) => close());
  for (let index = 0; index < PROCESSES; index++) children.push(await spawnChild('race', file, KEYS));
  for (const { go } of children) go();
  const reports = (await Promise.all(children.map(({ hear }) => hear()))) as {
    claims: string[];
    completions: string[];
    left: string[];
  }[];
  expect(reports.flatMap(({ left }) => left)).toEqual([]);
  expect(reports.filter(({ claims }) => claims.length > 0).length).toBeGreaterThan(1);
  const completions = reports.flatMap((report) => report.completions);
  expect(completions).toHaveLength(KEYS);
  expect(new Set(completions).size).toBe(KEYS);
  // No fence was given out twice, and none was left out: keys of 2 letters end with attempt 1, of 3 with 3, of 4 with 2.
  const claims = reports.flatMap((report) => report.claims).sort();
  const expected = Array.from({ length: KEYS }, (_, index) => `k${index}`).flatMap((key) =>
    [1, 2, 3].slice(0, key.length === 2 ? 1 : key.length === 3 ? 3 : 2).map((fence) => `${key}#${fence}`),
  );
  expect(claims).toEqual(expected.sort());
}, 60_000);

it('has the delivery of a killed process taken over when its lease is over, and keeps what it completed', async () => {
  const file = path();
  const { store, close } = await openLibsql(file);
  const child = await spawnChild('hold', file, 3000);
  children.push(child);
  child.go();
  expect(await child.hear()).toBe('holding');
  await kill(child);
  const claim = (key: string) => store.claim(key, { token: 'parent', leaseMs: 60_000, retentionMs: 60_000 });
  await expect(claim('done')).resolves.toMatchObject({ status: 'done', outcome: 'ok' });
  const first = await claim('held');
  expect(first).toMatchObject({ status: 'busy' });
  let result = first;
  for (let tries = 0; result.status === 'busy' && tries < 5; tries++) {
    const { retryAfterMs } = result;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    result = await claim('held');
  }
  expect(result).toEqual({ status: 'claimed', fence: 2, attempt: 2, takeover: true });
  await expect(store.complete('held', { token: 'child', retentionMs: 1000 })).resolves.toBe(false);
  await expect(store.complete('held', { token: 'parent', retentionMs: 1000 })).resolves.toBe(true);
  await close();
}, 60_000);
