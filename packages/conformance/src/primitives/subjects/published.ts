import fc from 'fast-check';
import { hasWycheproof, wycheproof } from '../../../../core/test/support/wycheproof.ts';
import { type Primitive, primitive } from '../primitive.ts';

const verdictOf = (isRight: boolean) => (isRight ? 'right' : undefined);

/** Wycheproof's verdicts are the other implementation. None where `../shared` is not there. */
export const published: readonly Primitive[] = (hasWycheproof ? wycheproof : []).map(({ file, cases }) => {
  const all = cases();
  return primitive({
    name: `Wycheproof ${file}`,
    share: 0,
    inputs: fc.constantFrom(...all),
    always: () => all,
    ours: async ({ verdict }) => verdictOf(await verdict()),
    theirs: ({ wanted }) => verdictOf(wanted),
  });
});
