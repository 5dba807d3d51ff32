import type { AdapterUnderTest } from './adapter-suite/adapter-under-test.ts';
import { bodyCases } from './adapter-suite/cases/bodies.ts';
import { dedupCases } from './adapter-suite/cases/dedup.ts';
import { deliveryCases } from './adapter-suite/cases/delivery.ts';
import { encodingCases } from './adapter-suite/cases/encodings.ts';
import { limitCases } from './adapter-suite/cases/limits.ts';
import { methodCases } from './adapter-suite/cases/methods.ts';
import { mountingCases } from './adapter-suite/cases/mounting.ts';
import { outcomeCases } from './adapter-suite/cases/outcomes.ts';
import { parserCases } from './adapter-suite/cases/parsers.ts';
import { routeCases } from './adapter-suite/cases/routes.ts';
import { signatureCases } from './adapter-suite/cases/signatures.ts';
import { storeCases } from './adapter-suite/cases/stores.ts';
import { urlCases } from './adapter-suite/cases/urls.ts';

export type {
  AdapterUnderTest,
  AppUnderTest,
  ParserUnderTest,
  RouteAnswer,
  RouteUnderTest,
  RunningApp,
} from './adapter-suite/adapter-under-test.ts';

/** One thing that an adapter must do. */
export interface AdapterCheck {
  readonly name: string;
  /** Rejects when the adapter is wrong. */
  run(): Promise<void>;
}

const common = [
  ...deliveryCases,
  ...bodyCases,
  ...signatureCases,
  ...encodingCases,
  ...limitCases,
  ...methodCases,
  ...urlCases,
  ...dedupCases,
  ...outcomeCases,
  ...storeCases,
  ...routeCases,
  ...mountingCases,
];

/**
 * What an adapter must do, as data for any test runner. Every case serves an app of its own and talks to it over a
 * socket, byte by byte; `run` throws when the adapter is wrong. Run them one after another: an error that nobody
 * caught is laid at the door of the case that runs.
 *
 * @param adapter the framework's side of it: how to serve an app, and which parsers can stand in front
 * @example
 * ```ts
 * for (const { name, run } of adapterSuite(express5)) test(name, run);
 * ```
 */
export const adapterSuite = (adapter: AdapterUnderTest): readonly AdapterCheck[] =>
  [...common, ...parserCases(adapter)].map(({ name, run }) => ({ name, run: () => run(adapter) }));
