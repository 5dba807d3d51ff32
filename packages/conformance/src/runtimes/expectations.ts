import { bundledModules } from './bundled-modules.ts';
import { adapterChecks } from './checks/adapter-checks.ts';
import { portableChecks, type Records } from './checks/portable-checks.ts';
import { frameworkAdapters } from './framework-adapters.ts';
import { serverAdapters } from './server-adapters.ts';
import type { Column } from './tally.ts';
import { wirePromises } from './wire/wire-promises.ts';

/** How many checks a program has to do, by column: one that does fewer has found nothing, and passed nothing. */
export type Expectation = Partial<Readonly<Record<Column, number>>>;

/** Middleware that the lowest versions do not have, or of which they have fewer cases. */
const YOUNGER = /^hono.* behind (bodyLimit|c\.req\.parseBody)\(\)/;

/** Checks beside those of each module: that receivers are made while it loads, and by which crypto they verify. */
const BESIDES = 2;

export function expectations(records: Records, modules: readonly string[]) {
  const { vectors, stores, fetch } = portableChecks(records);
  const portable = { vectors: vectors.length, stores: stores.length, fetch: fetch.length };
  const frameworks = adapterChecks(frameworkAdapters);
  const server = serverAdapters('', { isNode: false, address: 'parsed', listen: () => Promise.reject() });
  return {
    loaded: { modules: modules.length + BESIDES, ...portable },
    bundled: { modules: Object.keys(bundledModules).length + BESIDES, ...portable },
    frameworks: { adapters: frameworks.length },
    lowest: { adapters: frameworks.filter(({ name }) => !YOUNGER.test(name)).length },
    server: { adapters: adapterChecks(server).length },
    /** Of each app. */
    wire: { wire: Object.keys(wirePromises).length },
  } satisfies Readonly<Record<string, Expectation>>;
}

export type Expectations = ReturnType<typeof expectations>;
