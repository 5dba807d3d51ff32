import { hostileProxy } from './thrown-values.ts';

const huge = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`key ${at}`, at]));

/** What somebody's code may answer in place of what was asked for. */
export const nonsenseValues: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  '-1': () => -1,
  '1n': () => 1n,
  true: () => true,
  false: () => false,
  'an empty text': () => '',
  'a text': () => 'nonsense',
  'a symbol': () => Symbol('nonsense'),
  'an empty list': () => [],
  'an empty object': () => ({}),
  'a function': () => () => {},
  'a huge object': () => huge,
  'an object of another shape': () => ({ status: 'ran', value: 'nonsense', issues: 5, done: 'no' }),
  'an object whose fields cannot be read': () => {
    const refuse = {
      enumerable: true,
      get() {
        throw new Error('a getter of a fault');
      },
    };
    return Object.defineProperties({}, { status: refuse, value: refuse, issues: refuse, done: refuse });
  },
  'a thenable that throws': () => ({
    // biome-ignore lint/suspicious/noThenProperty: that is what it is for
    then() {
      throw new Error('a thenable of a fault');
    },
  }),
  'a Proxy that throws': hostileProxy,
};
