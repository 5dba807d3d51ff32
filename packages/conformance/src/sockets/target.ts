import { pause } from './attack.ts';
import { Conversation } from './conversation.ts';
import { deliveryOf } from './delivery.ts';
import { judge } from './judge.ts';
import { clock, type Effort, type Holdings } from './messages.ts';
import { MOUNTS, type Mount, type ServerOptions } from './server-options.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** A server under attack, and what it holds in peace. */
export interface Target {
  readonly server: ServerProcess;
  readonly options: ServerOptions;
  readonly peace: Holdings;
  /** ms until it has to be at peace again. */
  readonly calm: number;
}

/** ms that a server has to let go of what it held: more than the longest time for which a refused body is read. */
const CALM = 15_000;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is wrong with how a genuine delivery is served, on a connection of its own. */
export async function serves(server: ServerProcess, mount: Mount): Promise<readonly string[]> {
  const delivery = deliveryOf({ mount });
  try {
    const conversation = await Conversation.open(server.port);
    await conversation.send(delivery);
    await conversation.hear();
    conversation.close();
    const complaints = await judge(conversation, server);
    const { transcript } = conversation;
    return transcript === '200 hung up' ? complaints : [...complaints, `a genuine delivery: ${transcript}`];
  } catch (error) {
    return [`a genuine delivery: ${messageOf(error)}`];
  }
}

interface Rest {
  /** What it does not let go of. */
  readonly complaints: readonly string[];
  /** Since it was last asked. */
  readonly effort: Effort;
}

/** Waits until a server holds no more than in peace. */
export async function untilCalm({ server, peace, calm }: Target): Promise<Rest> {
  const limit = clock() + calm;
  const names = Object.keys(peace) as (keyof Holdings)[];
  const total = { cpu: 0, stall: 0 };
  for (let wait = 10; ; wait = Math.min(wait * 2, 320)) {
    const { holdings, effort } = await server.count();
    total.cpu += effort.cpu;
    total.stall = Math.max(total.stall, effort.stall);
    const kept = names.filter((name) => holdings[name] > peace[name]);
    if (kept.length === 0) return { complaints: [], effort: total };
    if (clock() > limit) {
      const complaints = kept.map((name) => `it still holds ${name}: ${holdings[name]}, not ${peace[name]}`);
      return { complaints, effort: total };
    }
    await pause(wait);
  }
}

/**
 * Starts a server, and lets it serve a while in peace.
 *
 * @param file its program
 * @throws Error when it does not serve even then
 */
export async function openTarget(file: string, options: ServerOptions, calm = CALM): Promise<Target> {
  const server = await startServer(file, options);
  for (const mount of MOUNTS) {
    const complaints = await serves(server, mount);
    if (complaints.length === 0) continue;
    await server.stop();
    throw new Error(`${options.framework}, in peace: ${complaints.join('; ')}`);
  }
  const { timers, listeners } = (await server.count()).holdings;
  const peace = { timers, listeners, sockets: 0, socketListeners: 0, claims: 0, requests: 0 };
  await untilCalm({ server, options, peace, calm });
  // A connection that was not closed yet has timers of its own.
  const { holdings } = await server.count();
  return {
    server,
    options,
    calm,
    peace: { ...peace, timers: holdings.timers, listeners: holdings.listeners },
  };
}
