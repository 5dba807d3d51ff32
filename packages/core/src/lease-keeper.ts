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
import type { ClaimRequest, ClaimResult, DedupStore } from './store.ts';
import { claimResult } from './store-answers.ts';
import { waitingRoom } from './waiting-room.ts';
import { withOne } from './with-one.ts';

interface Claimed {
  readonly status: 'claimed';
  readonly claim: Claim;
}

/** One delivery, and what it has claimed so far. */
interface Visit {
  claims: readonly Claim[];
}

interface Question {
  readonly key: string;
  readonly request: ClaimRequest;
  readonly visit: Visit;
  asked: MaybePromise<ClaimResult> | undefined;
}

const NO_CLAIMS: readonly Claim[] = [];

const IN: LetThrough = { status: 'claimed' };

/** At least once, one at a time: a claim in the store, kept alive for as long as the work runs. */
export function leaseKeeper(store: DedupStore, rules: GateRules): Required<Keeper> {
  const { lease, retention, deadline, maxRun, maxAttempts, onStoreError, onTrouble } = rules;
  const wait = waitingRoom(rules.inFlight);

  const onceUnder =
    (key: string): RunContext['once'] =>
    async (item, work) =>
      runOnce(`${key}|${await keyPart(item)}`, work);

  function ask(question: Question): MaybePromise<LetThrough | Refusal> {
    const { key, request } = question;
    const answer = askStore(deadline, (operation) => {
      question.asked = atOnce(store.claim).call(store, key, request, operation);
      return question.asked;
    });
    return andThen(answer, answered, question);
  }

  function answered(answer: ClaimResult, { key, request, visit }: Question): LetThrough | Refusal {
    const result = claimResult(answer);
    if (result.status !== 'claimed') return result;
    const claim = new LeaseClaim(store, rules, key, request.token, result, onceUnder(key));
    visit.claims = withOne(visit.claims, claim);
    return IN;
  }

  const release = async ({ key, request: { token } }: Question): Promise<unknown> =>
    askStore(deadline, (operation) => store.release(key, { token, retentionMs: retention }, operation));

  function unanswered(cause: unknown, question: Question): LetThrough | Refusal {
    // It may have been claimed all the same, with the answer lost or late: nobody should have to wait for that lease.
    dismiss(release(question));
    dismiss(Promise.resolve(question.asked).then(() => release(question)));
    if (onStoreError === 'reject') return { status: 'unavailable', cause };
    onTrouble('the store could not be asked, and the delivery is handled without it', cause);
    question.visit.claims = withOne(question.visit.claims, new BareClaim(maxRun));
    return IN;
  }

  function claimOnce(
    key: string,
    fingerprint: string | undefined,
    visit: Visit,
  ): MaybePromise<LetThrough | Refusal> {
    const request = { token: crypto.token(), leaseMs: lease, retentionMs: retention, fingerprint };
    return orElse(ask, unanswered, { key, request, visit, asked: undefined });
  }

  async function letGo(claims: readonly Claim[]): Promise<void> {
    await Promise.all(claims.map((claim) => claim.release()));
  }

  function entered<Refused extends { readonly status: string }>(
    entry: LetThrough | Refused,
    { claims }: Visit,
  ): MaybePromise<Claimed | Refused> {
    return entry.status === 'claimed'
      ? { status: 'claimed', claim: joinClaims(claims as readonly [Claim, ...Claim[]]) }
      : andThen(letGo(claims), () => entry as Refused);
  }

  async function failed(cause: unknown, { claims }: Visit): Promise<never> {
    await letGo(claims);
    throw cause;
  }

  function claimAll<Refused extends { readonly status: string }>(
    enter: Enter<Refused>,
  ): MaybePromise<Claimed | Refused> {
    const visit: Visit = { claims: NO_CLAIMS };
    const whileBusy = wait();

    const take: Take = (key, fingerprint) => {
      for (const claim of visit.claims) claim.keep();
      return whileBusy(() => claimOnce(key, fingerprint, visit));
    };

    return orElse<Claimed | Refused, Visit>(
      () => andThen(enter(take), entered<Refused>, visit),
      failed,
      visit,
    );
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
