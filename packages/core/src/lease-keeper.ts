import { crypto } from '#crypto';
import { askStore, forgetIn } from './ask-store.ts';
import { atOnce } from './at-once.ts';
import { BareClaim, type Claim, joinClaims } from './claim.ts';
import { keyPart } from './dedup-key.ts';
import { dismiss } from './dismiss.ts';
import type { GateRules } from './gate-rules.ts';
import type { Enter, Keeper, LetThrough, Refusal, Take } from './keeper.ts';
import { LeaseClaim } from './lease-claim.ts';
import { andThen, type MaybePromise, orElse } from './maybe-promise.ts';
import { runClaim } from './run-claim.ts';
import type { RunContext } from './run-context.ts';
import type { ClaimResult, DedupStore } from './store.ts';
import { claimResult } from './store-answers.ts';
import { waitingRoom } from './waiting-room.ts';

interface Claimed {
  readonly status: 'claimed';
  readonly claim: Claim;
}

const IN: LetThrough = { status: 'claimed' };

/** At least once, one at a time: a claim in the store, kept alive for as long as the work runs. */
export function leaseKeeper(store: DedupStore, rules: GateRules): Required<Keeper> {
  const { lease, retention, deadline, maxRun, maxAttempts, onStoreError, onTrouble } = rules;
  const wait = waitingRoom(rules.inFlight);

  const onceUnder =
    (key: string): RunContext['once'] =>
    async (item, work) =>
      runOnce(`${key}|${await keyPart(item)}`, work);

  /** What is claimed is added to `claims`. */
  function claimOnce(
    key: string,
    fingerprint: string | undefined,
    claims: Claim[],
  ): MaybePromise<LetThrough | Refusal> {
    const token = crypto.token();
    const request = { token, leaseMs: lease, retentionMs: retention, fingerprint };
    let asked: MaybePromise<ClaimResult> | undefined;

    function letIn(claim: Claim): LetThrough {
      claims.push(claim);
      return IN;
    }

    function answered(answer: ClaimResult): LetThrough | Refusal {
      const result = claimResult(answer);
      return result.status === 'claimed'
        ? letIn(new LeaseClaim(store, rules, key, token, result, onceUnder(key)))
        : result;
    }

    const release = async (): Promise<unknown> =>
      askStore(deadline, (operation) => store.release(key, { token, retentionMs: retention }, operation));

    function unanswered(cause: unknown): LetThrough | Refusal {
      // It may have been claimed all the same, with the answer lost or late: nobody should have to wait for that lease.
      dismiss(release());
      dismiss(Promise.resolve(asked).then(release));
      if (onStoreError === 'reject') return { status: 'unavailable', cause };
      onTrouble('the store could not be asked, and the delivery is handled without it', cause);
      return letIn(new BareClaim(maxRun));
    }

    const ask = (): MaybePromise<ClaimResult> =>
      askStore(deadline, (operation) => {
        asked = atOnce(store.claim).call(store, key, request, operation);
        return asked;
      });
    return orElse(() => andThen(ask(), answered), unanswered);
  }

  async function letGo(claims: readonly Claim[]): Promise<void> {
    await Promise.all(claims.map((claim) => claim.release()));
  }

  function claimAll<Refused extends { readonly status: string }>(
    enter: Enter<Refused>,
  ): MaybePromise<Claimed | Refused> {
    const claims: Claim[] = [];
    const whileBusy = wait();

    const take: Take = (key, fingerprint) => {
      for (const claim of claims) claim.keep();
      return whileBusy(() => claimOnce(key, fingerprint, claims));
    };

    const entered = (entry: LetThrough | Refused): MaybePromise<Claimed | Refused> =>
      entry.status === 'claimed'
        ? { status: 'claimed', claim: joinClaims(claims as [Claim, ...Claim[]]) }
        : andThen(letGo(claims), () => entry as Refused);

    async function failed(cause: unknown): Promise<never> {
      await letGo(claims);
      throw cause;
    }

    return orElse(() => andThen(enter(take), entered), failed);
  }

  async function runOnce(key: string, work: () => unknown): Promise<'ran' | 'skipped'> {
    const entry = await claimAll((take) => take(key));
    // No `maxAttempts` here: an item given up would be skipped by a delivery that goes on.
    const outcome =
      'claim' in entry ? await runClaim(entry.claim, Number.POSITIVE_INFINITY, work) : (entry as Refusal);
    if (outcome.status === 'ran') return 'ran';
    if (outcome.status === 'done') return 'skipped';
    throw 'cause' in outcome ? outcome.cause : new Error('this item is being handled by another attempt');
  }

  return {
    open: (enter) =>
      andThen(claimAll(enter), (entry) => {
        if (!('claim' in entry)) return entry;
        const { claim } = entry;
        claim.keep();
        return { status: 'claimed', run: (work, hooks) => runClaim(claim, maxAttempts, work, hooks) };
      }),
    pass: (enter, work, hooks) =>
      andThen(claimAll(enter), (entry) =>
        'claim' in entry ? runClaim(entry.claim, maxAttempts, work, hooks) : entry,
      ),
    forget: (key) => forgetIn(store, deadline, key),
  };
}
