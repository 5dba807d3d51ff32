import type { AdapterUnderTest, AppUnderTest } from './adapter-under-test.ts';
import { type Client, withApp } from './client.ts';
import { Journal } from './journal.ts';
import { type RouteSetup, type SuiteRoute, suiteRoute } from './suite-route.ts';

/** The one route of an app, and ways to talk to it. */
export interface Endpoint extends Client, Omit<SuiteRoute, 'route'> {
  /** Requests that went past it, to what stands behind. */
  readonly passed: Journal<'passed'>;
}

/** What is special about an endpoint. */
export interface EndpointSetup extends RouteSetup, Pick<AppUnderTest, 'parser' | 'prefix'> {}

/**
 * Serves one endpoint for as long as `use` takes.
 *
 * @param adapter that serves
 * @param setup what is special about the endpoint
 * @param use talks to it
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 *
 * await withEndpoint(adapter, {}, async ({ send, runs }) => {
 *   await send(deliveryOf());
 *   assert.equal(runs.size, 1);
 * });
 * ```
 */
export async function withEndpoint(
  adapter: AdapterUnderTest,
  setup: EndpointSetup,
  use: (endpoint: Endpoint) => Promise<void>,
): Promise<void> {
  const { parser, prefix } = setup;
  const { route, ...seen } = suiteRoute(setup);
  const passed = new Journal<'passed'>();
  const app = { parser, prefix, routes: [route], behind: () => passed.add('passed') };
  try {
    await withApp(adapter, app, (client) => use({ ...client, ...seen, passed }));
  } finally {
    seen.latch.open();
  }
}
