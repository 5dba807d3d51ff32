import { pause } from './attack.ts';
import { gather, type Member } from './crowd.ts';
import type { Crowd } from './crowds.ts';
import { clock } from './messages.ts';
import { messageOf, serves, type Target, untilCalm } from './target.ts';

const MIB = 1024 * 1024;

/** What came of many connections at once. */
export interface CrowdReport {
  readonly framework: string;
  readonly crowd: string;
  readonly count: number;
  /** Bytes that the server grew by at most, and what it may. */
  readonly grown: number;
  readonly bound: number;
  /** First answers by status; 0: none. */
  readonly told: Readonly<Record<number, number>>;
  /** Genuine deliveries that were handled meanwhile. */
  readonly served: number;
  readonly wrong: readonly string[];
  readonly ms: number;
}

/** ms to wait for a crowd: what takes as long as this never comes. */
const PATIENCE = 60_000;

/** Genuine deliveries, one after the other, until nobody waits any more. */
async function deliverUntil(
  { server }: Target,
  isOver: () => boolean,
): Promise<readonly [number, readonly string[]]> {
  let served = 0;
  for (const limit = clock() + PATIENCE; ; served++) {
    const wrong = await serves(server, served % 2 === 0 ? 'webhook' : 'route');
    if (wrong.length > 0) return [served, wrong];
    if (served >= 20 && isOver()) return [served + 1, []];
    if (clock() > limit) return [served, ['the crowd did not get what it came for']];
    await pause(10);
  }
}

/**
 * Lets a crowd at a server, which goes on serving.
 *
 * @param count of connections
 */
export async function crowdRun(target: Target, crowd: Crowd, count: number): Promise<CrowdReport> {
  const { server, options } = target;
  const { expect, act, isOver = () => true } = crowd;
  const started = clock();
  await server.count();
  const before = (await server.memory()).now;
  const wrong: string[] = [];
  let members: readonly Member[] = [];
  let served = 0;
  try {
    members = await gather(server.port, count);
    const acting = Promise.all(members.map((member) => act(member, options.limit)));
    const [deliveries, complaints] = await deliverUntil(target, () => members.every(isOver));
    served = deliveries;
    wrong.push(...complaints);
    await Promise.race([acting, pause(PATIENCE)]);
  } catch (error) {
    wrong.push(messageOf(error));
  }
  const grown = (await server.memory()).peak - before;
  const bound = crowd.bound(count, options.limit);
  if (grown > bound)
    wrong.push(`it grew by ${Math.round(grown / MIB)} MiB, and not only by ${Math.round(bound / MIB)}`);
  const told: Record<number, number> = {};
  for (const { status = 0 } of members) told[status] = (told[status] ?? 0) + 1;
  const others = Object.keys(told).filter((status) => !expect.includes(Number(status)));
  if (others.length > 0) wrong.push(`told ${JSON.stringify(told)}, not ${expect.join(' or ')}`);
  for (const { socket } of members) socket.destroy();
  const { complaints } = await untilCalm(target);
  wrong.push(...complaints, ...server.complaints);
  const { framework } = options;
  return { framework, crowd: crowd.name, count, grown, bound, told, served, wrong, ms: clock() - started };
}
