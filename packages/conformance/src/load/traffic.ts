import type { Delivery } from '../../../bench/src/delivery.ts';
import type { Answer, Client } from './client.ts';
import { Histogram } from './histogram.ts';
import { forged, type Plan, signed } from './plan.ts';

/** First deliveries; the same again; forgeries; and what is sent again because it got no 2xx. */
export type Kind = 'first' | 'duplicate' | 'tampered' | 'redelivered';

/** What became of the requests of one kind. */
export interface Tally {
  readonly times: Histogram;
  /** Status → how many; 0: no answer. */
  readonly told: Map<number, number>;
}

/** Times that a sender tries. */
const TRIES = 60;
/** ms between two tries, within which senders do as they are asked: sooner, they would make more of an overload. */
const PAUSE = { shortest: 100, longest: 5000 };
/** Requests under way at most: more come in than go out. */
const OVERLOAD = 20_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const isAccepted = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Senders who send by the clock, however long the answers take, and again what got no 2xx. */
export class Traffic {
  readonly #client: Client;
  readonly tallies: Readonly<Record<Kind, Tally>> = {
    first: { times: new Histogram(), told: new Map() },
    duplicate: { times: new Histogram(), told: new Map() },
    tampered: { times: new Histogram(), told: new Map() },
    redelivered: { times: new Histogram(), told: new Map() },
  };
  readonly unacknowledged: string[] = [];
  readonly complaints: string[] = [];
  #underWay = 0;
  #late = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** ms by which the senders themselves were late at most. */
  get late(): number {
    return this.#late;
  }

  /** Sends all, and waits for the last answer. */
  async run(plans: readonly Plan[]): Promise<void> {
    const begin = performance.now();
    const all: Promise<void>[] = [];
    const start = (work: Promise<void>): void => {
      this.#underWay++;
      all.push(work.finally(() => this.#underWay--));
      // What is over is not kept.
      if (all.length > 1000) void Promise.all(all.splice(0));
    };
    for (const [at, plan] of plans.entries()) {
      const due = begin + plan.at;
      const early = due - performance.now();
      if (early > 1) await pause(early);
      this.#late = Math.max(this.#late, performance.now() - due);
      if (this.#underWay > OVERLOAD) throw new Error('more comes in than goes out');
      start(this.#send(plan, at, due));
      if (plan.again !== undefined) start(this.#sendAgain(plan, at, due + plan.again));
    }
    while (this.#underWay > 0) await pause(20);
  }

  async #send(plan: Plan, at: number, due: number): Promise<void> {
    if (plan.fate === 'tampered') return this.#refused(plan, at, due, 'tampered');
    if (plan.fate === 'delivered') return this.#deliver(plan, at, due, 'first');
    await this.#client.cutOff(signed(plan.id, at), plan.fate);
    await pause(PAUSE.shortest);
    await this.#deliver(plan, at, performance.now(), 'redelivered');
  }

  async #sendAgain(plan: Plan, at: number, due: number): Promise<void> {
    await pause(due - performance.now());
    if (plan.fate === 'tampered') await this.#refused(plan, at, due, 'tampered');
    else await this.#deliver(plan, at, due, 'duplicate');
  }

  async #refused(plan: Plan, at: number, due: number, kind: Kind): Promise<void> {
    const { status } = await this.#ask(forged(plan.id, at), due, kind);
    if (status < 400 || status > 499) this.complaints.push(`${plan.id} was forged, and told ${status}`);
  }

  async #deliver(plan: Plan, at: number, due: number, kind: Kind): Promise<void> {
    let answer = await this.#ask(signed(plan.id, at), due, kind);
    for (let tries = 1; !isAccepted(answer) && tries < TRIES; tries++) {
      await pause(Math.min(Math.max(answer.retryAfter, PAUSE.shortest), PAUSE.longest));
      answer = await this.#ask(signed(plan.id, at), performance.now(), 'redelivered');
    }
    if (!isAccepted(answer)) this.unacknowledged.push(plan.id);
  }

  async #ask(delivery: Delivery, due: number, kind: Kind): Promise<Answer> {
    const answer = await this.#client.send(delivery);
    const { times, told } = this.tallies[kind];
    times.add(performance.now() - due);
    told.set(answer.status, (told.get(answer.status) ?? 0) + 1);
    return answer;
  }
}
