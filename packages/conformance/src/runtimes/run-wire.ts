import type { Command } from './launch.ts';
import { startApp } from './start-app.ts';
import { type Tally, tally } from './tally.ts';
import { visit } from './wire/visitor.ts';
import { wirePromises } from './wire/wire-promises.ts';

/** Serves an app as its runtime does, and looks at it from outside. */
export async function runWire(app: string, commandFor: (port: number) => Command): Promise<Tally> {
  try {
    const server = await startApp(commandFor);
    try {
      const visitor = visit(server);
      return await tally(
        'wire',
        Object.entries(wirePromises).map(([name, look]) => ({
          name: `${app}: ${name}`,
          // One that failed may have left something held.
          run: () => look(visitor).finally(() => visitor.release()),
        })),
      );
    } finally {
      await server.stop();
    }
  } catch (error) {
    return { column: 'wire', passed: 0, deliveries: 0, failures: [{ name: app, message: String(error) }] };
  }
}
