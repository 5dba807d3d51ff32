import type { WebhookRequest, WebhookResponse } from '@countersign/core';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import { sign } from '@countersign/testing';
import { random } from '../crash/random.ts';
import { SECRET } from '../crash/worker-options.ts';

export interface LoadOptions {
  readonly events: number;
  /** Times that each event is sent, each until it is told 2xx. */
  readonly copies: number;
  /** Times that the fault strikes, spread over the load. */
  readonly strikes: number;
  readonly concurrency: number;
  readonly seed: number;
  /** ms after which the senders give up, which is a failure. */
  readonly limit: number;
}

export const full = (seed: number): LoadOptions => ({
  events: 120,
  copies: 3,
  strikes: 8,
  concurrency: 16,
  seed,
  limit: 120_000,
});

/** The same in a few seconds. */
export const short = (seed: number): LoadOptions => ({
  ...full(seed),
  events: 40,
  strikes: 3,
  limit: 60_000,
});

export interface LoadReport {
  /** Answers by status. */
  readonly told: Readonly<Record<number, number>>;
  /** Deliveries that never got a 2xx. */
  readonly unacknowledged: number;
  /** Times that a sender was told 2xx when there had been no effect yet. */
  readonly unfounded: number;
  readonly strikes: number;
}

/** What the load is for. */
export interface Target {
  handle(request: WebhookRequest): Promise<WebhookResponse>;
  /** Whether an event has had its effect. */
  isDone(event: string): boolean | Promise<boolean>;
  strike(): Promise<unknown>;
}

export const provider = standardWebhooks({ secret: SECRET });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Copies of every event, most of them far apart, some side by side. */
function mixed({ events, copies }: LoadOptions, chance: () => number): number[] {
  const queue = Array.from({ length: events * copies }, (_, at) => at % events);
  for (let at = queue.length - 1; at > 0; at--) {
    const other = Math.max(0, at - Math.floor(chance() * events));
    [queue[at], queue[other]] = [queue[other] as number, queue[at] as number];
  }
  return queue;
}

/** Sends every event several times while a fault strikes again and again; no sender gives up. */
export async function load(options: LoadOptions, target: Target): Promise<LoadReport> {
  const chance = random(options.seed);
  const queue = mixed(options, chance);
  const total = queue.length;
  const told: Record<number, number> = {};
  const giveUp = Date.now() + options.limit;
  let acknowledged = 0;
  let unacknowledged = 0;
  let unfounded = 0;
  let strikes = 0;

  async function send(id: string): Promise<void> {
    for (let tried = 0; Date.now() < giveUp; tried++) {
      const { method, url, headers, body } = await sign(provider, { id, payload: {} });
      const { status } = await target.handle({ method, url, headers: new Headers(headers), body });
      told[status] = (told[status] ?? 0) + 1;
      if (status >= 200 && status < 300) {
        if (!(await target.isDone(id))) unfounded++;
        return void acknowledged++;
      }
      await pause(Math.min(20 * 2 ** tried, 160) * (0.5 + chance()));
    }
    unacknowledged++;
  }

  // By what has been done, not by the clock: every strike meets some load, on fast machines and slow ones. Nobody is
  // sent on beyond the next one.
  const share = total / (options.strikes + 1);
  const isAhead = (): boolean =>
    strikes < options.strikes && total - queue.length >= (strikes + 2) * share && Date.now() < giveUp;

  const senders = Promise.all(
    Array.from({ length: options.concurrency }, async () => {
      for (let event = queue.pop(); event !== undefined; event = queue.pop()) {
        while (isAhead()) await pause(5);
        await send(`evt_${event}`);
      }
    }),
  );
  while (strikes < options.strikes && unacknowledged === 0) {
    if (acknowledged >= (strikes + 1) * share) {
      await target.strike();
      strikes++;
    }
    await pause(5);
  }
  await senders;
  return { told, unacknowledged, unfounded, strikes };
}
