import { describe, it } from 'vitest';
import { someAssaults } from '../../src/sockets/attacks/index.ts';
import { campaign } from '../../src/sockets/campaign.ts';
import { frameworks } from '../../src/sockets/frameworks/index.ts';
import { useProgram } from './support/use-program.ts';

const ABREAST = 100;

/** Those that differ from a neighbour in their adapter's dependencies only. */
const neighbours = new Set(['express 4', 'koa 2', 'fetch on node']);

const program = useProgram();

describe.concurrent('attacks over sockets', () => {
  for (const { name } of frameworks) {
    it(name, { timeout: 240_000 }, async ({ expect }) => {
      const assaults = someAssaults(neighbours.has(name) ? 'none' : 'all');
      const reports = await campaign(program.file, name, assaults, ABREAST);
      const wrong = reports.flatMap(({ attack, mount, complaints }) =>
        complaints.map((complaint) => `${attack} (${mount}): ${complaint}`),
      );
      expect(wrong.join('\n')).toBe('');
      expect(reports.length).toBe(assaults.length);
      expect(reports.some(({ accepted }) => accepted > 0)).toBe(true);
    });
  }
});
