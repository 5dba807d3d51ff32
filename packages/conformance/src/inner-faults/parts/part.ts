import type { Kind } from '../misbehaviours.ts';
import type { Mode } from '../mode.ts';
import type { Setup } from '../setup.ts';
import { stories } from '../stories.ts';
import type { Story } from '../story.ts';
import type { Strike } from '../strike.ts';
import type { WayName } from '../way-name.ts';

/** Something that the application brings, and that may fail. */
export interface Part {
  readonly name: string;
  readonly story: Story;
  readonly kinds: readonly Kind[];
  readonly ways: readonly WayName[];
  readonly modes: readonly Mode[];
  install(strike: Strike): Setup;
}

export const NOW_OR_LATER: readonly Kind[] = [
  'throws',
  'rejects',
  'hangs',
  'answers',
  'promises',
  'rejects late',
];
/** For what is asked for its work, and not only for its answer. */
const ACTING: readonly Kind[] = [...NOW_OR_LATER, 'acts, then throws', 'acts, then hangs', 'acts late'];

const requested: readonly WayName[] = ['receive', 'handle', 'fetch'];

type Whole = Pick<Part, 'name' | 'install'> & Partial<Part>;

export const group =
  (usual: Omit<Part, 'name' | 'install'>) =>
  (parts: readonly Whole[]): readonly Part[] =>
    parts.map((part) => ({ ...usual, ...part }));

/** Before there is an event. */
export const checking = group({
  story: stories.new,
  kinds: NOW_OR_LATER,
  ways: [...requested, 'open', 'verify'],
  modes: ['lease', 'transaction', 'deferred', 'none'],
});

export const leasing = group({
  story: stories.new,
  kinds: ACTING,
  ways: [...requested, 'open', 'gate'],
  modes: ['lease', 'deferred'],
});

export const transacting = group({
  story: stories.new,
  kinds: ACTING,
  ways: [...requested, 'gate'],
  modes: ['transaction'],
});

export const working = group({
  story: stories.new,
  kinds: ACTING,
  ways: [...requested, 'gate'],
  modes: ['lease', 'transaction', 'deferred', 'none'],
});

/** Who is only told. */
export const telling = group({
  story: stories.new,
  kinds: NOW_OR_LATER,
  ways: [...requested, 'open'],
  modes: ['lease', 'transaction', 'deferred', 'none'],
});
