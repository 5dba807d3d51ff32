// What both apps have in common. Made while the module loads, as every README shows it.
import { createReceiver, type Hooks, type WebhookEvent } from '@countersign/core';
import { meta } from '@countersign/providers/meta';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import { twilio } from '@countersign/providers/twilio';
import type { Ledger, Run } from './ledger.ts';
import { LEASE, LIMIT, ORIGIN, paths, ROUTE_SECRET, SECRET, TIMEOUT, VERIFY_TOKEN } from './settings.ts';

const ledger: Ledger = { runs: [], hooks: [], isHeld: false, hasWaitUntil: false, waits: [] };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks again and again: on Workers nothing that one request waits for can come from another. */
async function untilReleased(): Promise<void> {
  while (ledger.isHeld) await pause(20);
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const hooks: Hooks<WebhookEvent> = {
  async onAccepted({ id = '' }) {
    await untilReleased();
    ledger.hooks.push(id);
  },
};

/** What an event asks of its handler: to take its time (ms), to wait until it is released, to fail at first. */
interface Orders {
  readonly takes?: number;
  readonly waits?: boolean;
  readonly fails?: number;
}

export const users = createReceiver(standardWebhooks({ secret: SECRET }), {
  limit: LIMIT,
  timeout: TIMEOUT,
  lease: LEASE,
  logger: false,
  hooks,
  on: {
    async '*'({ id = '', body, payload }, { attempt, takeover }) {
      const { takes = 0, waits = false, fails = 0 } = payload as Orders;
      const run: Run = { id, attempt, takeover, body: hex(body), done: false };
      ledger.runs.push(run);
      if (takes > 0) await pause(takes);
      if (waits) await untilReleased();
      if (attempt <= fails) throw new Error('as ordered');
      run.done = true;
    },
  },
});

export const questions = createReceiver(meta({ secret: SECRET, verifyToken: VERIFY_TOKEN }), {
  logger: false,
  on: {},
});

export const addressed = createReceiver(twilio({ secret: SECRET, publicUrl: ORIGIN }), {
  logger: false,
  on: {},
});

/** Without handlers, for a route of the app's own. */
export const routed = createReceiver(standardWebhooks({ secret: ROUTE_SECRET }), {
  name: 'routed',
  logger: false,
});

export interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}

/** The platform's context, with an eye on what is given to its `waitUntil`; some have none. */
export function watched<Context extends ExecutionContext>(context: Context | undefined): Context | undefined {
  if (typeof context?.waitUntil !== 'function') return context;
  ledger.hasWaitUntil = true;
  return {
    ...context,
    waitUntil(work) {
      ledger.waits.push(ledger.runs.filter(({ done }) => !done).map(({ id }) => id));
      context.waitUntil(work);
    },
  };
}

/** What the visitor outside asks for, in both apps. */
export function inside(path: string): Response | undefined {
  if (path === paths.hold || path === paths.release) ledger.isHeld = path === paths.hold;
  else if (path !== paths.ledger) return undefined;
  return Response.json(ledger);
}
