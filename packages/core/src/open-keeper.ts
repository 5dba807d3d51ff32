import { bareClaim } from './claim.ts';
import type { GateRules } from './gate-rules.ts';
import type { Enter, Keeper, Opening } from './keeper.ts';
import { runClaim } from './run-claim.ts';

/** Remembers nothing: `store: false`. */
export function openKeeper({ maxAttempts, maxRun }: GateRules): Required<Keeper> {
  const opening: Opening = {
    status: 'claimed',
    run: (work, hooks) => runClaim(bareClaim(maxRun), maxAttempts, work, hooks),
  };

  async function open<Refused extends { readonly status: string }>(
    enter: Enter<Refused>,
  ): Promise<Opening | Refused> {
    const entry = await enter(async () => ({ status: 'claimed' }));
    return entry.status === 'claimed' ? opening : (entry as Refused);
  }

  return {
    open,
    async pass(enter, work, hooks) {
      const entry = await open(enter);
      return 'run' in entry ? entry.run(work, hooks) : entry;
    },
    forget: async () => false,
  };
}
