import { describe, it } from 'vitest';
import { caught } from '../../src/sockets/caught.ts';
import { defects } from '../../src/sockets/defects.ts';
import { plants } from '../../src/sockets/plants.ts';
import { useProgram } from './support/use-program.ts';

const program = useProgram();

describe.concurrent('a planted mistake is caught', () => {
  for (const plant of plants) {
    it(plant.defect, { timeout: 120_000 }, async ({ expect }) => {
      const complaints = await caught(program.file, plant);
      expect(
        complaints.some((complaint) => plant.complaint.test(complaint)),
        complaints.join('\n'),
      ).toBe(true);
    });
  }

  it('and none is without its attack', ({ expect }) => {
    expect(plants.map(({ defect }) => defect).sort()).toEqual(defects.map(({ name }) => name).sort());
  });
});
