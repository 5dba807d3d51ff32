import { describe, expect, it } from 'vitest';
import { campaign } from '../../src/events/campaign.ts';
import { plants } from '../../src/events/plants.ts';
import { subjects } from '../../src/events/subjects.ts';
import { directWays, socketWays } from '../../src/events/ways.ts';

const onSockets = subjects
  .filter(({ title }) => ['made up: plain', 'stripe', 'github'].includes(title))
  .map((subject) => ({ ...subject, event: { ...subject.event, url: 'https://receiver.test/webhooks' } }));

describe.each([
  ['directly', { subjects, ways: directWays.slice(0, 1), each: 1, seed: 1, takesAll: [true] }],
  ['through the adapters', { subjects: onSockets, ways: socketWays, each: 2, seed: 2 }],
])('whatever comes after a good signature, %s', (_, settings) => {
  it('is handled as it says, or refused as the sender’s fault', { timeout: 60_000 }, async () => {
    const { tallies, complaints } = await campaign(settings);
    expect(complaints).toEqual([]);
    for (const [kind, { tried, unsigned, wrong }] of Object.entries(tallies)) {
      expect(wrong, kind).toBe(0);
      expect(tried + unsigned, kind).toBeGreaterThanOrEqual(settings.subjects.length);
      expect(unsigned, kind).toBeLessThan(settings.subjects.length / 20);
    }
  });
});

it.each(Object.entries(plants))('finds %s', async (_, make) => {
  const plain = subjects.filter(({ title }) => title === 'made up: plain');
  const { complaints } = await campaign({
    subjects: plain,
    ways: directWays.slice(0, 1),
    each: 60,
    seed: 3,
    make,
  });
  expect(complaints.length).toBeGreaterThan(0);
});
