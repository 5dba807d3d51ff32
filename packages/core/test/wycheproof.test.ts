import { describe, expect, it } from 'vitest';
import { hasWycheproof, wycheproof } from './support/wycheproof.ts';

describe.skipIf(!hasWycheproof)('Wycheproof (skipped where ../shared/wycheproof is not there)', () => {
  it.each(wycheproof)('$file', async ({ count, cases }) => {
    const all = cases();
    expect(all).toHaveLength(count);
    const wrong: string[] = [];
    for (const { title, wanted, verdict } of all) if ((await verdict()) !== wanted) wrong.push(title);
    expect(wrong).toEqual([]);
    // Each file has of both, or it proves nothing.
    expect(new Set(all.map(({ wanted }) => wanted)).size).toBe(2);
  });
});
