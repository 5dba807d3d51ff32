import type { ClaimResult, DedupStore } from '@countersign/core';
import type { Ask } from './ask.ts';
import { leaseStatements } from './lease-statements.ts';
import { toObstacle, UNKNOWN_WAIT } from './obstacle.ts';
import type { Table } from './table.ts';
import { untilDecided } from './until-decided.ts';

/** Records removed by one statement. */
const BATCH = 1000;

/** The verbs of a store in lease mode, one statement each; a claim that fails looks why. */
export function leaseVerbs(
  ask: Ask<never>,
  table: Table,
): Required<Omit<DedupStore, 'name' | 'capabilities' | 'close'>> {
  const statements = leaseStatements(table);
  const kept = async (rows: ReturnType<typeof ask>): Promise<boolean> => (await rows).length > 0;
  return {
    async claim(key, { token, leaseMs, retentionMs, fingerprint }, operation) {
      const result = await untilDecided<ClaimResult>(async () => {
        const parameters = [key, token, leaseMs, retentionMs, fingerprint ?? null];
        const [claimed] = await ask(statements.claim, parameters, { operation });
        if (claimed === undefined) {
          const [found] = await ask(statements.find, [key], { operation });
          return toObstacle(found);
        }
        const attempt = Number(claimed.attempt);
        return { status: 'claimed', attempt, fence: attempt, takeover: claimed.takeover === true };
      });
      return result ?? { status: 'busy', retryAfterMs: UNKNOWN_WAIT };
    },
    complete(key, { token, retentionMs, outcome = 'ok', response }, operation) {
      const answer = response === undefined ? null : JSON.stringify(response);
      return kept(ask(statements.complete, [key, token, retentionMs, outcome, answer], { operation }));
    },
    release: (key, { token, retentionMs }, operation) =>
      kept(ask(statements.release, [key, token, retentionMs], { operation })),
    extend: (key, { token, leaseMs }, operation) =>
      kept(ask(statements.extend, [key, token, leaseMs], { operation })),
    forget: (key) => kept(ask(statements.forget, [key])),
    async purge({ limit = Number.POSITIVE_INFINITY } = {}) {
      let purged = 0;
      while (purged < limit) {
        const batch = Math.min(limit - purged, BATCH);
        const { length } = await ask(statements.purge, [batch]);
        purged += length;
        if (length < batch) break;
      }
      return purged;
    },
  };
}
