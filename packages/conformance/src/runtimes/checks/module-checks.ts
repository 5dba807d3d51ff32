import type { Check } from './check.ts';

/** That every module of the packages is there, and exports something. */
export const moduleChecks = (modules: readonly string[], load: (name: string) => unknown): readonly Check[] =>
  modules.map((name) => ({
    name,
    async run() {
      if (Object.keys((await load(name)) as object).length === 0) throw new Error('exports nothing');
    },
  }));
