import { describe, it } from 'vitest';
import { crowdRun } from '../../src/sockets/crowd-run.ts';
import { crowds } from '../../src/sockets/crowds.ts';
import { USUAL } from '../../src/sockets/server-options.ts';
import { seesMemory } from '../../src/sockets/server-process.ts';
import { openTarget } from '../../src/sockets/target.ts';
import { useProgram } from './support/use-program.ts';

const program = useProgram();

/** One for each way in which bodies are read. */
const chosen = ['express 5', 'hono 4 on node'];

/** ms for a body, so that a crowd whose bodies never come is sent away soon. */
const TIMEOUT = 2000;

describe
  .skipIf(!seesMemory)
  .concurrent(
    'crowds (skipped where the memory of a process cannot be seen from outside: only Linux tells)',
    () => {
      for (const framework of chosen) {
        it(framework, { timeout: 240_000 }, async ({ expect }) => {
          const wrong: string[] = [];
          for (const crowd of crowds) {
            if (crowd.count.short === undefined) continue;
            const target = await openTarget(program.file, { ...USUAL, timeout: TIMEOUT, framework });
            const report = await crowdRun(target, crowd, crowd.count.short);
            await target.server.stop();
            wrong.push(...report.wrong.map((complaint) => `${crowd.name}: ${complaint}`));
            expect(report.served).toBeGreaterThan(0);
          }
          expect(wrong.join('\n')).toBe('');
        });
      }
    },
  );
