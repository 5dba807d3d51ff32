import { nonsenseValues } from './nonsense-values.ts';
import { pause } from './pause.ts';
import { LATE } from './settings.ts';
import { thrownValues } from './thrown-values.ts';

/** How something fails; `acts`: it does its work all the same. */
export type Kind =
  | 'throws'
  | 'rejects'
  | 'hangs'
  | 'answers'
  | 'promises'
  | 'acts, then throws'
  | 'acts, then hangs'
  | 'acts late'
  | 'rejects late';

export interface Misbehaviour {
  readonly kind: Kind;
  /** What is thrown or answered; empty where that makes no difference. */
  readonly what: string;
  /** In place of `proper`, or around it. */
  act(proper: () => unknown): unknown;
}

const thrown = (
  kind: Kind,
  act: (value: unknown, proper: () => unknown) => unknown,
  isOne: (what: string) => boolean = () => true,
): Misbehaviour[] =>
  Object.entries(thrownValues)
    .filter(([what]) => isOne(what))
    .map(([what, make]) => ({
      kind,
      what,
      act: (proper) => act(make(), proper),
    }));

/** What comes behind something else is caught where the rest is. */
const isTelling = (what: string): boolean =>
  ['an Error', 'undefined', 'one of our own errors, of 200', 'a Proxy that throws'].includes(what);

const answered = (kind: Kind, act: (value: unknown) => unknown): Misbehaviour[] =>
  Object.entries(nonsenseValues).map(([what, make]) => ({ kind, what, act: () => act(make()) }));

const never = (): Promise<never> => new Promise(() => {});

export const misbehaviours: readonly Misbehaviour[] = [
  ...thrown('throws', (value) => {
    throw value;
  }),
  ...thrown('rejects', (value) => Promise.reject(value)),
  { kind: 'hangs', what: '', act: never },
  // biome-ignore lint/suspicious/noThenProperty: a promise of another library
  { kind: 'hangs', what: 'as a thenable', act: () => ({ then() {} }) },
  ...answered('answers', (value) => value),
  ...answered('promises', async (value) => value),
  ...thrown(
    'acts, then throws',
    async (value, proper) => {
      await proper();
      throw value;
    },
    isTelling,
  ),
  {
    kind: 'acts, then hangs',
    what: '',
    async act(proper) {
      await proper();
      return never();
    },
  },
  {
    kind: 'acts late',
    what: '',
    async act(proper) {
      await pause(LATE);
      return proper();
    },
  },
  ...thrown(
    'rejects late',
    async (value) => {
      await pause(LATE);
      throw value;
    },
    isTelling,
  ),
];
