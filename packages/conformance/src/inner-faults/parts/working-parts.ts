import { reply } from '@countersign/core';
import { stories } from '../stories.ts';
import { NOW_OR_LATER, type Part, working } from './part.ts';

export const workingParts: readonly Part[] = working([
  { name: 'the handler', install: (strike) => ({ work: (work) => strike(work, 1) as never }) },
  {
    name: 'the quarantine',
    story: stories.quarantined,
    ways: ['receive', 'handle', 'fetch', 'open'],
    modes: ['lease', 'none'],
    install: (strike) => ({ work: (work) => strike(work, 1) as never }),
  },
  {
    // Which it is not given: what it did before it failed stays.
    name: 'the quarantine, in a transaction',
    story: stories.quarantined,
    kinds: NOW_OR_LATER,
    ways: ['receive', 'handle', 'fetch'],
    modes: ['transaction'],
    install: (strike) => ({ work: (work) => strike(work, 1) as never }),
  },
  {
    name: 'an answer by reply()',
    kinds: ['answers'],
    ways: ['receive', 'handle', 'fetch'],
    install: (strike) => ({
      work: (work) => async (id, context) => {
        await work(id, context);
        const answer = reply({ body: { received: true } });
        return Object.assign(answer, { status: strike(() => 200, 1)() });
      },
    }),
  },
]);
