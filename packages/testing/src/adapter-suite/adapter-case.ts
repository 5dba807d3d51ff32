import type { AdapterUnderTest } from './adapter-under-test.ts';
import { type Endpoint, type EndpointSetup, withEndpoint } from './endpoint.ts';

/** Something every adapter must do. */
export interface AdapterCase {
  readonly name: string;
  /** Throws when it does not. */
  run(adapter: AdapterUnderTest): Promise<void>;
}

/**
 * A case about one endpoint.
 *
 * @param name what is promised
 * @param setup what is special about the endpoint
 * @param check talks to it and asserts
 * @example
 * ```ts
 * onEndpoint('a genuine delivery is handled', {}, async ({ send }) => assertAccepted(await send(deliveryOf())));
 * ```
 */
export const onEndpoint = (
  name: string,
  setup: EndpointSetup,
  check: (endpoint: Endpoint, adapter: AdapterUnderTest) => Promise<void>,
): AdapterCase => ({
  name,
  run: (adapter) => withEndpoint(adapter, setup, (endpoint) => check(endpoint, adapter)),
});
