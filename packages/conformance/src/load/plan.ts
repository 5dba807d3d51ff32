import { bodyOf } from '../../../bench/src/bodies.ts';
import { type Delivery, tampered } from '../../../bench/src/delivery.ts';
import { type SenderName, senders } from '../../../bench/src/senders.ts';
import { type Stage, stages } from './client.ts';
import { BYTES, SHARES } from './load-options.ts';

/** What happens to an event on its way. */
export interface Plan {
  readonly id: string;
  /** ms after the begin. */
  readonly at: number;
  readonly fate: 'delivered' | 'tampered' | Stage;
  /** ms after the first delivery at which it is sent once more. */
  readonly again: number | undefined;
}

const names: readonly SenderName[] = ['github', 'stripe', 'standard-webhooks'];

export const idOf = (prefix: 'evt' | 'cal', at: number): string => `${prefix}_${String(at).padStart(9, '0')}`;

const BLANK = idOf('evt', 0);
const TEMPLATE = bodyOf(BYTES, BLANK);
const ID_AT = TEMPLATE.indexOf(BLANK);

/** Signed anew each time, as senders do. */
export function signed(id: string, at: number): Delivery {
  const sender = names[at % names.length] as SenderName;
  const body = Buffer.from(TEMPLATE);
  body.write(id, ID_AT, 'latin1');
  return { sender, id, body, headers: senders[sender].sign(body, id) };
}

/** With one byte changed: of the body, or of the signature. */
export function forged(id: string, at: number): Delivery {
  const delivery = signed(id, at);
  if (at % 2 === 0) return tampered(delivery);
  const headers = Object.entries(delivery.headers).map(([name, value]) => {
    const digit = /(?<=(sha256=|v1[=,]))./.exec(value);
    if (!name.includes('signature') || digit === null) return [name, value];
    const other = digit[0] === '0' ? '1' : '0';
    return [name, value.slice(0, digit.index) + other + value.slice(digit.index + 1)];
  });
  return { ...delivery, headers: Object.fromEntries(headers) };
}

/** ms: beside the first, soon after it, or long after. */
function pauseOf(chance: () => number, longest: number): number {
  const kind = chance();
  if (kind < 0.4) return chance() * 5;
  if (kind < 0.8) return 50 + chance() * 950;
  return chance() * longest;
}

/**
 * Arrivals as of many senders who know nothing of each other.
 *
 * @param rate requests a second, those of duplicates and those that are cut off among them
 */
export function plansOf(chance: () => number, rate: number, seconds: number): Plan[] {
  const plans: Plan[] = [];
  const pace = (1000 * (1 + SHARES.duplicate + SHARES.aborted)) / rate;
  const longest = Math.min(30_000, (seconds * 1000) / 4);
  for (let at = 0; at < seconds * 1000; at += -Math.log(1 - chance()) * pace) {
    const lot = chance();
    const isTampered = lot < SHARES.tampered;
    const isAborted = !isTampered && lot < SHARES.tampered + SHARES.aborted;
    const stage = stages[Math.floor(chance() * stages.length)] as Stage;
    const again = chance() < SHARES.duplicate ? pauseOf(chance, longest) : undefined;
    const fate = isTampered ? 'tampered' : isAborted ? stage : 'delivered';
    plans.push({ id: idOf('evt', plans.length), at, fate, again });
  }
  return plans;
}
