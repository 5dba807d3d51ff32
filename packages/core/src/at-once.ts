import type { MaybePromise } from './maybe-promise.ts';

type Verb<Args extends unknown[], Answer> = (...args: Args) => Answer;

const immediate = new WeakMap<Verb<never, unknown>, Verb<never, unknown>>();

/** A verb of a store in this process: its answer is there at once, and comes as a promise like that of any other. */
export function promised<Args extends unknown[], Answer>(
  answer: Verb<Args, Answer>,
): Verb<Args, Promise<Answer>> {
  const verb = async (...args: Args): Promise<Answer> => answer(...args);
  immediate.set(verb, answer);
  return verb;
}

/**
 * The same verb without the promise, which takes longer than such a store does. Known by the function, not by the
 * store: whoever puts another in its place is asked by that.
 */
export const atOnce = <Args extends unknown[], Answer>(
  verb: Verb<Args, Promise<Answer>>,
): Verb<Args, MaybePromise<Answer>> => (immediate.get(verb) as Verb<Args, Answer> | undefined) ?? verb;
