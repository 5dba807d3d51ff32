import { type Delivery, sign } from '@countersign/testing';
import { random as randomOf } from '../crash/random.ts';
import { type Build, build, buildEndpoint } from './build-endpoint.ts';
import { judge, newPast } from './judge.ts';
import { type Kind, kinds } from './kinds.ts';
import type { Random } from './random.ts';
import type { Subject } from './subjects.ts';
import type { Way } from './ways.ts';

/** What came of one kind. */
export interface Tally {
  tried: number;
  /** Those that our signer cannot make for this provider. */
  unsigned: number;
  wrong: number;
  /** Outcome and status → how many. */
  readonly told: Record<string, number>;
}

export interface Report {
  readonly tallies: Readonly<Record<string, Tally>>;
  /** What is wrong, each once for a kind and a subject. */
  readonly complaints: readonly string[];
}

export interface Campaign {
  readonly subjects: readonly Subject[];
  readonly ways: readonly Way[];
  /** Deliveries of each kind to each endpoint. */
  readonly each: number;
  readonly seed: number;
  readonly make?: Build;
  /** Whether there is a handler for the rest; each is an endpoint. Default: with, and without. */
  readonly takesAll?: readonly boolean[];
}

const newTallies = (): Record<string, Tally> =>
  Object.fromEntries(Object.keys(kinds).map((kind) => [kind, { tried: 0, unsigned: 0, wrong: 0, told: {} }]));

async function deliveryOf(kind: Kind, random: Random, subject: Subject): Promise<Delivery | undefined> {
  const { contentType, ...event } = kind(random, subject);
  const { payload, ...rest } = subject.event;
  const whole = { ...rest, ...(event.body === undefined && payload !== undefined && { payload }), ...event };
  const given = typeof contentType === 'string' ? { 'content-type': contentType } : {};
  try {
    const delivery = await sign(
      subject.provider,
      { ...whole, headers: { ...rest.headers, ...given } },
      subject.signing,
    );
    if (contentType !== null) return delivery;
    const { 'content-type': _, ...headers } = delivery.headers;
    return { ...delivery, headers };
  } catch {
    return undefined;
  }
}

/** Sends every kind to every subject in every way, and judges what becomes of it. */
export async function campaign({
  subjects,
  ways,
  each,
  seed,
  make = build,
  takesAll = [true, false],
}: Campaign): Promise<Report> {
  const tallies = newTallies();
  const complaints = new Set<string>();
  const unhandled: unknown[] = [];
  const listener = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', listener);
  const random = randomOf(seed);
  const complain = (tally: Tally, what: string): void => {
    tally.wrong++;
    complaints.add(what);
  };

  async function play(subject: Subject, way: Way, all: boolean): Promise<void> {
    const endpoint = buildEndpoint(subject, all, make);
    const past = newPast();
    const open = await way.open(endpoint.receiver);
    for (const [name, kind] of Object.entries(kinds)) {
      const tally = tallies[name] as Tally;
      for (let count = 0; count < each; count++) {
        const delivery = await deliveryOf(kind, random, subject);
        if (delivery === undefined) {
          tally.unsigned++;
          continue;
        }
        tally.tried++;
        const title = `${subject.title}, ${name}, ${way.name}`;
        try {
          const told = await open.send(delivery);
          const seen = endpoint.seen();
          const how = `${seen.outcome} ${told.status}`;
          tally.told[how] = (tally.told[how] ?? 0) + 1;
          const found = judge(subject, endpoint, delivery, told, seen, past);
          if (found.length > 0) complain(tally, `${title}: ${found.join('; ')} (${how} ${seen.code ?? ''})`);
        } catch (cause) {
          complain(tally, `${title}: nothing was answered: ${cause}`);
        }
        if (unhandled.length > 0) complain(tally, `${title}: unhandled: ${unhandled.splice(0)}`);
      }
    }
    await open.close();
    await new Promise(setImmediate);
    if (unhandled.length > 0)
      complaints.add(`${subject.title}, ${way.name}: unhandled: ${unhandled.splice(0)}`);
  }

  try {
    for (const subject of subjects) {
      for (const way of ways) {
        for (const all of takesAll) await play(subject, way, all);
      }
    }
  } finally {
    process.off('unhandledRejection', listener);
  }
  return { tallies, complaints: [...complaints] };
}
