import fc from 'fast-check';

/** What comes of an input, in one spelling; `undefined`: it is refused. */
export type Verdict = string | undefined;

/** Something small that is asked about many inputs, and another implementation of it that is asked the same. */
export interface Subject<Input> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** How many of all inputs are for this one. Default: 1. */
  readonly share?: number;
  /** Inputs that are tried in every run: every length, every published case; fewer of them in the short form. */
  readonly always?: (isLong: boolean) => Iterable<Input>;
  /** It may refuse what the other takes, and take what the other refuses for what is not looked at here. */
  readonly mayRefuse?: boolean;
  ours(input: Input): Verdict | Promise<Verdict>;
  theirs(input: Input): Verdict;
}

export interface Tally {
  readonly name: string;
  readonly tried: number;
  /** Taken by ours; the rest is refused. */
  readonly taken: number;
  /** The first one, made as small as it can be. */
  readonly disagreements: readonly string[];
}

export interface Primitive {
  readonly name: string;
  readonly share: number;
  run(options: { readonly seed: number; readonly runs: number; readonly isLong: boolean }): Promise<Tally>;
}

export function primitive<Input>(subject: Subject<Input>): Primitive {
  const { name, inputs, share = 1, always = () => [], mayRefuse = false, ours, theirs } = subject;
  return {
    name,
    share,
    async run({ seed, runs, isLong }) {
      let tried = 0;
      let taken = 0;

      async function agree(input: Input): Promise<void> {
        const [own, other] = [await ours(input), theirs(input)];
        tried++;
        if (own !== undefined) taken++;
        if (own === other || (mayRefuse && (own === undefined || other === undefined))) return;
        throw new Error(`ours: ${own}, theirs: ${other}`);
      }

      const disagreements: string[] = [];
      for (const input of always(isLong)) {
        await agree(input).catch(({ message }: Error) =>
          disagreements.push(`${fc.stringify(input)}: ${message}`),
        );
      }
      const checked = await fc.check(fc.asyncProperty(inputs, agree), { seed, numRuns: runs });
      if (checked.failed) disagreements.push(`${fc.defaultReportMessage(checked)}\n${checked.errorInstance}`);
      return { name, tried, taken, disagreements };
    },
  };
}
