import type { Assault, Scene } from './attack.ts';
import { Conversation } from './conversation.ts';
import { deliveryOf } from './delivery.ts';
import { judge } from './judge.ts';
import { clock, type Effort } from './messages.ts';
import type { Mount } from './server-options.ts';
import { messageOf, serves, type Target, untilCalm } from './target.ts';

/** What came of it. */
export interface AttackReport {
  readonly framework: string;
  readonly attack: string;
  readonly mount: Mount;
  /** What the sender saw, one connection after the other. */
  readonly seen: string;
  /** Connections that it took. */
  readonly connections: number;
  /** Answers of 2xx, each of them compared with what ran. */
  readonly accepted: number;
  readonly complaints: readonly string[];
  readonly ms: number;
  /** Of all that went on at the same time. */
  readonly effort: Effort;
}

/** ms of the processor: an attack that takes more is one that pays. */
const MOST_CPU = 2000;

interface Fight {
  readonly conversations: readonly Conversation[];
  readonly complaints: readonly string[];
  readonly ms: number;
}

async function fight({ server, options }: Target, { attack, mount }: Assault): Promise<Fight> {
  const conversations: Conversation[] = [];
  const complaints: string[] = [];
  const started = clock();
  const scene: Scene = {
    server,
    mount,
    limit: options.limit,
    async open() {
      const conversation = await Conversation.open(server.port);
      conversations.push(conversation);
      return conversation;
    },
    deliveryOf: (wish) => deliveryOf({ mount, ...wish }),
  };
  try {
    await attack.run(scene);
  } catch (error) {
    complaints.push(messageOf(error));
  }
  return { conversations, complaints, ms: clock() - started };
}

/** Looks at what was said, after a genuine delivery that followed it. */
async function verdict(
  { server, options }: Target,
  { attack, mount }: Assault,
  { conversations, complaints, ms }: Fight,
): Promise<Omit<AttackReport, 'effort'>> {
  const found = [...complaints];
  if (server.isAlive) {
    found.push(...(await serves(server, mount)));
    for (const each of conversations) {
      await each.hearRest();
      found.push(...(await judge(each, server).catch((error) => [messageOf(error)])));
    }
  }
  const told = conversations.filter(({ isForgotten }) => !isForgotten);
  const seen = told.map(({ transcript }) => transcript).join(', ');
  if (!attack.expect.includes(seen)) found.push(`saw "${seen}", not "${attack.expect.join('" or "')}"`);
  for (const each of conversations) each.close();
  const accepted = conversations.flatMap(({ heard }) => heard).filter(({ status }) => status < 300).length;
  return {
    framework: options.framework,
    attack: attack.name,
    mount,
    seen,
    connections: conversations.length,
    accepted,
    complaints: found,
    ms,
  };
}

/**
 * Attacks a server, several ways at once if there are several, and looks at what it said, what it did, and what it
 * still holds when all of it is over.
 */
export async function attackAll(
  target: Target,
  assaults: readonly Assault[],
): Promise<readonly AttackReport[]> {
  const { server } = target;
  const before = server.complaints.length;
  const fights = await Promise.all(assaults.map(async (each) => [each, await fight(target, each)] as const));
  const verdicts = [];
  for (const [each, fought] of fights) verdicts.push(await verdict(target, each, fought));
  const nothing = { complaints: [], effort: { cpu: 0, stall: 0 } };
  const { complaints, effort } = server.isAlive ? await untilCalm(target) : nothing;
  const common = [...complaints, ...server.complaints.slice(before)];
  if (effort.cpu > MOST_CPU * assaults.length)
    common.push(`it took ${Math.round(effort.cpu)} ms of the processor`);
  return verdicts.map((report) => ({ ...report, effort, complaints: [...report.complaints, ...common] }));
}
