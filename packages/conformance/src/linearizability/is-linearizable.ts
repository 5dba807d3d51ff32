import { after, type Span, type State } from './lease-model.ts';
import type { Operation } from './operation.ts';

/** Whether the clock that an operation reads shows the moment at which it happens. */
export type Clock = 'at once' | 'apart';

/** Positions looked at for one key: more means that the histories are too wide to be decided. */
const LIMIT = 1_000_000;

/** Bits of a mask that a number holds exactly. */
const MOST = 50;

/**
 * Whether some order of a key's operations, each at a moment between its start and its end, explains all answers
 * (Wing and Gong's search, with Lowe's memory of positions that were looked at).
 *
 * @param clock when an operation reads it: at that moment, or at any other between its start and its end
 * @throws Error for a history that is too long or too wide
 */
export function isLinearizable(history: readonly Operation[], clock: Clock = 'at once'): boolean {
  if (history.length > MOST) throw new Error(`more than ${MOST} operations on one key`);
  const seen = new Set<string>();
  const all = 2 ** history.length - 1;
  const isIn = (mask: number, index: number): boolean => Math.floor(mask / 2 ** index) % 2 === 1;

  function search(mask: number, state: State, now: number): boolean {
    if (mask === all) return true;
    const position = `${mask} ${JSON.stringify(state)}`;
    if (seen.has(position)) return false;
    seen.add(position);
    if (seen.size > LIMIT) throw new Error('too many operations at once on one key');
    // What is next happens before the first of those that are left has ended.
    let to = Number.POSITIVE_INFINITY;
    for (const [index, { end }] of history.entries()) if (!isIn(mask, index)) to = Math.min(to, end);
    return history.some((operation, index) => {
      const from = Math.max(now, operation.start);
      if (isIn(mask, index) || from > to) return false;
      const read: Span = clock === 'at once' ? { from, to } : { from: operation.start, to: operation.end };
      return after(state, operation, read).some((next) => search(mask + 2 ** index, next, from));
    });
  }

  return search(0, { kind: 'absent' }, 0);
}
