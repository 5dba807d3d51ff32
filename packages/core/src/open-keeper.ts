import { BareClaim } from './claim.ts';
import type { GateRules } from './gate-rules.ts';
import type { Enter, Keeper, Opening, Take } from './keeper.ts';
import { andThen, type MaybePromise } from './maybe-promise.ts';
import { runClaim } from './run-claim.ts';

const letAllIn: Take = () => ({ status: 'claimed' });

/** Remembers nothing: `store: false`. */
export function openKeeper({ maxAttempts, maxRun }: GateRules): Required<Keeper> {
  const opening: Opening = {
    status: 'claimed',
    run: (work, hooks) => runClaim(new BareClaim(maxRun), maxAttempts, work, hooks),
  };

  const open = <Refused extends { readonly status: string }>(
    enter: Enter<Refused>,
  ): MaybePromise<Opening | Refused> =>
    andThen(enter(letAllIn), (entry) => (entry.status === 'claimed' ? opening : (entry as Refused)));

  return {
    open,
    pass: (enter, work, hooks) =>
      andThen(open(enter), (entry) => ('run' in entry ? entry.run(work, hooks) : entry)),
    forget: async () => false,
  };
}
