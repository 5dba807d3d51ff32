import type { Delivery } from '@countersign/testing';
import { random } from '../crash/random.ts';
import { NOW } from '../privacy/confidants.ts';
import { attacks } from './attacks.ts';
import type { Attempt } from './attempt.ts';
import { isRewrapped } from './is-rewrapped.ts';
import { isSameForm } from './is-same-form.ts';
import type { Answer } from './judge.ts';
import type { Chance } from './pick.ts';
import { type Verdict, verdictOn } from './recompute.ts';
import { ruses } from './ruses/ruses.ts';
import type { Target } from './target.ts';

export interface Tally {
  tried: number;
  /** Ways to deliver that it was tried on. */
  readonly ways: Set<string>;
  accepted: number;
  refused: number;
  wrong: number;
}

export interface Campaign {
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Who was wrong, in what. */
  readonly wrong: ReadonlyMap<string, number>;
}

const GENUINE = 'as it was sent';

/** What leaves the right signature among others. */
const LISTS = new Set([
  'a signature with more behind it',
  'space in the signature',
  'right first, wrong second',
  'wrong first, right second',
  'a header of many items',
]);

/** By recomputation; else by what was done: a changed signature is none, but in a list of several. */
function verdictOf(target: Target, delivery: Delivery, attack: string): Verdict {
  const { fact, secret, genuine, writesLists } = target;
  if (attack === GENUINE) return 'genuine';
  if (delivery.body === genuine.body && (isRecased(target, delivery) || isRewrapped(target, delivery))) {
    return 'respelled';
  }
  if (fact) return verdictOn(fact, secret, delivery, NOW);
  if (delivery.body !== genuine.body && isSameForm(target, delivery)) return 'respelled';
  return writesLists && LISTS.has(attack) ? 'respelled' : 'forged';
}

const DIGITS = /[0-9a-f]{32,}$/i;

/** The case of hexadecimal digits is no part of what is signed, and is let through where the vendor writes capitals. */
function isRecased({ header, genuine }: Target, { headers }: Delivery): boolean {
  const before = genuine.headers[header ?? ''] ?? '';
  const after = headers[header ?? ''] ?? '';
  const [digits] = DIGITS.exec(before) ?? [];
  return (
    digits !== undefined &&
    before.replace(DIGITS, '') === after.replace(DIGITS, '') &&
    before.toLowerCase() === after.toLowerCase()
  );
}

function isRight(answer: Answer, verdict: Verdict): boolean {
  if (answer === 'broken') return false;
  if (verdict === 'genuine') return answer !== 'refused';
  if (verdict === 'respelled') return true;
  return answer === 'refused';
}

const names = [...Object.keys(attacks), ...Object.keys(ruses)];

function attemptOn(target: Target, name: string, chance: Chance, other: Target): Attempt | undefined {
  const ruse = ruses[name];
  if (ruse) return ruse(target, chance);
  const delivery = attacks[name]?.(target, chance, other);
  return delivery && { delivery, verdict: verdictOf(target, delivery, name) };
}

/** Draws targets and attacks until so many deliveries were judged. */
export async function attackAll(
  targets: readonly Target[],
  { seed, deliveries }: { readonly seed: number; readonly deliveries: number },
): Promise<Campaign> {
  const chance = random(seed);
  const tallies = new Map(
    names.map((name): [string, Tally] => [
      name,
      { tried: 0, ways: new Set(), accepted: 0, refused: 0, wrong: 0 },
    ]),
  );
  const wrong = new Map<string, number>();
  const draw = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)] as T;
  for (let done = 0; done < deliveries; ) {
    const target = draw(targets);
    const name = draw(names);
    const attempt = attemptOn(target, name, chance, draw(targets));
    if (attempt === undefined) continue;
    done++;
    const answer = await target.judge(attempt.delivery, attempt.lists);
    const tally = tallies.get(name) as Tally;
    tally.tried++;
    tally.ways.add(target.title);
    if (!isRight(answer, attempt.verdict)) {
      tally.wrong++;
      const what = `${target.title}: ${name}: ${answer}`;
      wrong.set(what, (wrong.get(what) ?? 0) + 1);
    } else if (answer === 'refused') tally.refused++;
    else tally.accepted++;
  }
  return { tallies, wrong };
}
