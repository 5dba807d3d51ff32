import type { ClaimResult, DedupStore } from '../../src/index.ts';

/** ms. The longest path through the model passes far fewer leases than one retention holds. */
const LEASE = 1000;
const RETENTION = 1_000_000;
const CLIENTS = [0, 1, 2] as const;
/** States beyond are not entered: nothing in them is new but their numbers. */
const MAX_ATTEMPT = 4;

/**
 * A key, and three clients that deal with it. Which token stands in the record is all that matters of tokens: that of
 * a client, or of nobody who is still there. A client that is paused is one that does nothing for a while, and goes on
 * with its token when its lease is long over.
 */
interface State {
  readonly record: 'absent' | 'live' | 'over' | 'free' | 'done';
  readonly owner: number | undefined;
  readonly attempt: number;
  readonly hasToken: readonly boolean[];
}

const verbs = ['claim', 'resend', 'complete', 'release', 'extend', 'crash'] as const;
type Verb = (typeof verbs)[number];
type Action = readonly [client: number, verb: Verb] | readonly ['time', 'lease' | 'retention'];

const actions: readonly Action[] = [
  ...CLIENTS.flatMap((client) => verbs.map((verb) => [client, verb] as const)),
  ['time', 'lease'],
  ['time', 'retention'],
];

type Answer = 'claimed' | 'taken over' | 'busy' | 'done' | boolean | undefined;

interface Step {
  readonly state: State;
  readonly answer: Answer;
}

const start: State = { record: 'absent', owner: undefined, attempt: 0, hasToken: [false, false, false] };

/** The state table of `DedupStore`, and nothing else. `undefined`: nobody can do that here. */
function next(state: State, action: Action): Step | undefined {
  const { record, owner, attempt, hasToken } = state;
  if (action[0] === 'time') {
    if (action[1] === 'retention') return { state: { ...start, hasToken }, answer: undefined };
    return { state: record === 'live' ? { ...state, record: 'over' } : state, answer: undefined };
  }
  const [client, verb] = action;
  const isOwner = owner === client;
  const holding = (has: boolean): readonly boolean[] =>
    hasToken.map((had, who) => (who === client ? has : had));
  if (verb === 'claim' ? hasToken[client] : !hasToken[client]) return undefined;
  const answered = (answer: Answer, change: Partial<State> = {}): Step => ({
    state: { ...state, ...change },
    answer,
  });
  switch (verb) {
    case 'crash':
      return answered(undefined, { hasToken: holding(false), owner: isOwner ? undefined : owner });
    case 'claim':
    case 'resend': {
      const token = { hasToken: holding(true) };
      if (record === 'done') return answered('done', token);
      if (record === 'live') return answered(isOwner ? 'claimed' : 'busy', token);
      const answer = record === 'over' ? 'taken over' : 'claimed';
      return answered(answer, { ...token, record: 'live', owner: client, attempt: attempt + 1 });
    }
    case 'complete':
      if (!isOwner || record === 'free') return answered(false);
      return answered(true, { record: 'done' });
    case 'release':
      if (!isOwner || record === 'done') return answered(false);
      return answered(true, { record: 'free' });
    case 'extend':
      if (!isOwner || record === 'free' || record === 'done') return answered(false);
      return answered(true, { record: 'live' });
  }
}

/** A store, and its clock. */
export interface Explored {
  readonly store: DedupStore;
  readonly clock: { at: number };
}

/** Three clients of a store that is really there. */
function clientsOf({ store, clock }: Explored) {
  const tokens = ['', '', ''];
  let made = 0;
  let highest = 0;

  const told = (result: ClaimResult): Answer =>
    result.status === 'claimed' && result.takeover ? 'taken over' : result.status;

  async function claim(token: string, isResent = false): Promise<ClaimResult> {
    const request = { token, leaseMs: LEASE, retentionMs: RETENTION };
    const result = await store.claim('key', request);
    if (result.status !== 'claimed') return result;
    if (result.fence <= highest && !(isResent && result.fence === highest)) {
      throw new Error(`the fence is ${result.fence} after ${highest}`);
    }
    highest = result.fence;
    return result;
  }

  return {
    claim: () => claim(`probe ${++made}`),
    async act(action: Action): Promise<Answer> {
      if (action[0] === 'time') {
        clock.at += action[1] === 'lease' ? LEASE : LEASE + RETENTION;
        if (action[1] === 'retention') highest = 0;
        return undefined;
      }
      const [client, verb] = action;
      if (verb === 'claim') tokens[client] = `token ${++made}`;
      const token = tokens[client] as string;
      switch (verb) {
        case 'claim':
          return told(await claim(token));
        case 'resend':
          return told(await claim(token, true));
        case 'complete':
          return store.complete('key', { token, retentionMs: RETENTION });
        case 'release':
          return store.release('key', { token, retentionMs: RETENTION });
        case 'extend':
          return store.extend('key', { token, leaseMs: LEASE });
        case 'crash':
          tokens[client] = '';
          return undefined;
      }
    },
    /** Clients whose token the store takes for the owner's. */
    async owners(): Promise<number> {
      const held = await Promise.all(
        tokens.filter((token) => token !== '').map((token) => store.extend('key', { token, leaseMs: LEASE })),
      );
      return held.filter(Boolean).length;
    },
  };
}

const isSame = (expected: Answer, actual: Answer, isResent: boolean): boolean =>
  // Whether one takes over from oneself is not laid down.
  expected === actual || (isResent && expected === 'taken over' && actual === 'claimed');

/** Walks a path on a store of its own, and judges where it leads. Throws what is wrong. */
async function walk(open: () => Explored, path: readonly Action[]): Promise<void> {
  const explored = open();
  const clients = clientsOf(explored);
  let state = start;
  for (const action of path) {
    const step = next(state, action) as Step;
    const actual = await clients.act(action);
    if (!isSame(step.answer, actual, action[1] === 'resend')) {
      throw new Error(`answered ${actual} in place of ${step.answer}`);
    }
    state = step.state;
  }
  if ((await clients.owners()) > 1) throw new Error('two tokens are alive');
  // Done stays done; everything else can be claimed, at the latest when a lease is over, and then be done.
  explored.clock.at += LEASE;
  const last = await clients.claim();
  const expected = state.record === 'done' ? 'done' : 'claimed';
  if (last.status !== expected) throw new Error(`is ${last.status} in the end, in place of ${expected}`);
}

/**
 * Every state that three clients can bring a key to, breadth first, and every action in each of them, on the real
 * store. Returns how many there were, and the shortest paths to what is wrong.
 */
export async function explore(
  open: () => Explored,
): Promise<{ states: number; steps: number; wrong: string[] }> {
  const seen = new Set([JSON.stringify(start)]);
  const queue: { readonly state: State; readonly path: readonly Action[] }[] = [{ state: start, path: [] }];
  const wrong: string[] = [];
  let steps = 0;
  for (const { state, path } of queue) {
    for (const action of actions) {
      const step = next(state, action);
      if (step === undefined || step.state.attempt > MAX_ATTEMPT) continue;
      steps++;
      const longer = [...path, action];
      try {
        await walk(open, longer);
      } catch (error) {
        wrong.push(`${longer.map((each) => each.join(' ')).join(', ')}: ${(error as Error).message}`);
        if (wrong.length === 5) return { states: seen.size, steps, wrong };
      }
      const name = JSON.stringify(step.state);
      if (seen.has(name)) continue;
      seen.add(name);
      queue.push({ state: step.state, path: longer });
    }
  }
  return { states: seen.size, steps, wrong };
}
