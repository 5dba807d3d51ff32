import type { AdapterUnderTest, AppUnderTest } from './adapter-under-test.ts';
import { watchCrashes } from './crash-watch.ts';
import { RawConnection } from './raw-connection.ts';
import { type Framing, type RawRequest, requestBytes } from './raw-request.ts';
import type { RawResponse } from './raw-response.ts';

/** A running app, and ways to talk to it. */
export interface Client {
  /** A connection that is closed with the app. */
  connect(): Promise<RawConnection>;
  /** One request on a connection of its own. */
  send(request: RawRequest, framing?: Framing): Promise<RawResponse>;
}

/**
 * Serves an app for as long as `use` takes; then everything is closed, whatever happened.
 *
 * @param adapter that serves
 * @param app to serve
 * @param use talks to it
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 *
 * await withApp(adapter, { routes }, async ({ send }) => assert.equal((await send(deliveryOf())).status, 200));
 * ```
 */
export async function withApp(
  adapter: AdapterUnderTest,
  app: AppUnderTest,
  use: (client: Client) => Promise<void>,
): Promise<void> {
  const crashes = watchCrashes();
  const { port, close } = await adapter.serve(app);
  const open = new Set<RawConnection>();

  async function connect(): Promise<RawConnection> {
    const connection = await RawConnection.open(port);
    open.add(connection);
    return connection;
  }

  async function send(request: RawRequest, framing?: Framing): Promise<RawResponse> {
    const connection = await connect();
    await connection.write(requestBytes(request, framing));
    const response = await connection.response(request.method);
    connection.close();
    return response;
  }

  try {
    await use({ connect, send });
  } finally {
    for (const connection of open) connection.close();
    await close();
    crashes.end();
  }
}
