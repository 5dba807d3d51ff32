import { crypto } from '#crypto';
import { askStore, forgetIn } from './ask-store.ts';
import { bareClaim, type Claim, holdClaim, joinClaims } from './claim.ts';
import { keyPart } from './dedup-key.ts';
import type { GateRules } from './gate-rules.ts';
import type { Enter, Keeper, Refusal } from './keeper.ts';
import { runClaim } from './run-claim.ts';
import type { RunContext } from './run-context.ts';
import type { DedupStore } from './store.ts';
import { waitingRoom } from './waiting-room.ts';

interface Claimed {
  readonly status: 'claimed';
  readonly claim: Claim;
}

/** At least once, one at a time: a claim in the store, kept alive for as long as the work runs. */
export function leaseKeeper(store: DedupStore, rules: GateRules): Required<Keeper> {
  const { lease, retention, deadline, maxAttempts, onStoreError, onTrouble } = rules;
  const wait = waitingRoom(rules.inFlight);

  async function claimOnce(key: string, fingerprint: string | undefined): Promise<Claimed | Refusal> {
    const token = crypto.token();
    const request = { token, leaseMs: lease, retentionMs: retention, fingerprint };
    try {
      const result = await askStore(deadline, (operation) => store.claim(key, request, operation));
      if (result.status !== 'claimed') return result;
      const { attempt, fence, takeover } = result;
      const once: RunContext['once'] = async (item, work) => runOnce(`${key}|${await keyPart(item)}`, work);
      const claim = holdClaim(store, rules, key, token, { attempt, fence, takeover, once });
      return { status: 'claimed', claim };
    } catch (cause) {
      // It may have been claimed all the same, with the answer lost: nobody should have to wait for that lease.
      askStore(deadline, (operation) =>
        store.release(key, { token, retentionMs: retention }, operation),
      ).catch(() => {});
      if (onStoreError === 'reject') return { status: 'unavailable', cause };
      onTrouble('the store could not be asked, and the delivery is handled without it', cause);
      return { status: 'claimed', claim: bareClaim() };
    }
  }

  async function claimAll<Refused extends { readonly status: string }>(
    enter: Enter<Refused>,
  ): Promise<Claimed | Refused> {
    const claims: Claim[] = [];
    const whileBusy = wait();
    let isIn = false;
    try {
      const entry = await enter(async (key, fingerprint) => {
        const result = await whileBusy(() => claimOnce(key, fingerprint));
        if (result.status === 'claimed') claims.push(result.claim);
        return result;
      });
      if (entry.status !== 'claimed') return entry as Refused;
      isIn = true;
      return { status: 'claimed', claim: joinClaims(claims as [Claim, ...Claim[]]) };
    } finally {
      if (!isIn) await Promise.all(claims.map((claim) => claim.release()));
    }
  }

  async function runOnce(key: string, work: () => unknown): Promise<'ran' | 'skipped'> {
    const entry = await claimAll((take) => take(key));
    // No `maxAttempts` here: an item given up would be skipped by a delivery that goes on.
    const outcome =
      entry.status === 'claimed' ? await runClaim(entry.claim, Number.POSITIVE_INFINITY, work) : entry;
    if (outcome.status === 'ran') return 'ran';
    if (outcome.status === 'done') return 'skipped';
    throw 'cause' in outcome ? outcome.cause : new Error('this item is being handled by another attempt');
  }

  const open: Required<Keeper>['open'] = async (enter) => {
    const entry = await claimAll(enter);
    if (!('claim' in entry)) return entry;
    const { claim } = entry;
    return { status: 'claimed', run: (work, hooks) => runClaim(claim, maxAttempts, work, hooks) };
  };

  return {
    open,
    async pass(enter, work, hooks) {
      const entry = await claimAll(enter);
      return 'claim' in entry ? runClaim(entry.claim, maxAttempts, work, hooks) : entry;
    },
    forget: (key) => forgetIn(store, deadline, key),
  };
}
