import { leakFinder } from '../privacy/leaks.ts';
import { buildWorld } from './build-world.ts';
import { confidential, deliveryOf, VICTIM } from './delivery.ts';
import type { FaultCase } from './fault-cases.ts';
import { pause } from './pause.ts';
import { Scene } from './scene.ts';
import { PAUSE } from './settings.ts';
import type { Ending } from './story.ts';
import { strikesOf } from './strike.ts';
import { waysIn } from './ways-in.ts';

/** What was seen of a case. */
export interface Seen {
  /** What each sender was told, in the words of the way in. */
  readonly told: string;
  readonly toldBeside: string;
  /** What the sender was told in the end, after it came again and again. */
  readonly toldLast: string;
  /** ms of the case's own time until the sender was told. */
  readonly took: number;
  /** Effects by then, and those of the delivery beside it in the end. */
  readonly effects: number;
  readonly effectsBeside: number;
  readonly again: Ending['again'];
  /** Times that something went wrong. */
  readonly strikes: number;
  /** Names of what somebody can read who should not. */
  readonly leaks: readonly string[];
  /** Timers that are left when everything is over. */
  readonly timers: number;
}

const NOTHING = 'nothing, and waits for ever';
const REJECTION = 'nothing, by a way that is not total';

const NEIGHBOUR = 'neighbour';

/** Attempts after which a sender is taken to come again for ever. */
const ATTEMPTS = 16;

const leaksIn = leakFinder(confidential);

/** What the sender is told when all is over. */
export function lastWords({ part: { story }, mode, way }: FaultCase): string {
  const isRemembered = mode !== 'none' && way !== 'verify';
  return waysIn[way].words((isRemembered ? undefined : story.unremembered) ?? story.final);
}

/** Plays one case: a delivery in which something fails, another beside it, and the first again until it is settled. */
export async function playCase(each: FaultCase): Promise<Seen> {
  const { part, misbehaviour, mode, way } = each;
  const { story } = part;
  const { send } = waysIn[way];
  const scene = new Scene();
  const { strike, count } = strikesOf(scene, misbehaviour);
  const setup = part.install(strike);
  const world = scene.safe(() => buildWorld(mode, way, story, setup, scene));
  const heard: string[] = [];

  /** What a sender hears: at first nothing. */
  async function hear(id: string, sender: { told: string }): Promise<void> {
    const request = deliveryOf(id === VICTIM ? { ...story.spec, id } : { id });
    const changed = id === VICTIM ? setup.request?.(request) : undefined;
    try {
      sender.told = await send(world, changed ?? request, id);
    } catch {
      sender.told = REJECTION;
    }
    heard.push(sender.told);
  }

  const victim = { told: NOTHING };
  const neighbour = { told: NOTHING };
  await scene.safe(() => story.before?.(world, VICTIM));
  const started = scene.now();
  const struck = scene.struck(() => hear(VICTIM, victim));
  const beside = scene.safe(() => hear(NEIGHBOUR, neighbour));
  await scene.settle(struck);
  const first = { told: victim.told, took: scene.now() - started, effects: world.effects(VICTIM) };
  await scene.settle(beside);

  world.see();
  const runs = world.runs(VICTIM);
  const last = lastWords(each);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await scene.settle(scene.safe(() => hear(VICTIM, victim)));
    if (victim.told === last) break;
    await scene.settle(scene.safe(() => pause(PAUSE * 2 ** attempt)));
  }
  const ranAgain = world.tookOver() ? 'after the lease' : 'at once';
  return {
    ...first,
    toldBeside: neighbour.told,
    toldLast: victim.told,
    effectsBeside: world.effects(NEIGHBOUR),
    again: world.runs(VICTIM) === runs ? 'no' : ranAgain,
    strikes: count(),
    timers: await scene.drain(),
    leaks: leaksIn([...heard, ...world.texts].join('\n')),
  };
}
