import { type AdapterUnderTest, adapterSuite } from '@countersign/testing';
import type { Check } from './check.ts';

/** The cases of several adapters, in a row: they watch for errors that nobody caught. */
export const adapterChecks = (adapters: readonly AdapterUnderTest[]): readonly Check[] =>
  adapters.flatMap((adapter) =>
    adapterSuite(adapter).map(({ name, run }) => ({ name: `${adapter.name}: ${name}`, run })),
  );
