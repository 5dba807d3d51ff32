import type { Delivery } from '@countersign/testing';
import { NOW } from '../privacy/confidants.ts';
import type { Ruse } from './attempt.ts';
import type { Layout } from './layout.ts';
import { isNear } from './near.ts';
import { below } from './pick.ts';
import { placedFacts } from './placed-facts.ts';
import type { Verdict } from './recompute.ts';
import type { Target } from './target.ts';

/** Two fields of the body that are signed with nothing between them, and how the first tells the time, if it does. */
interface Neighbours {
  readonly fields: readonly [first: string, second: string];
  readonly unit?: NonNullable<Layout['unit']>;
}

/** By title, from the vendors' docs. */
const neighbours: Readonly<Record<string, Neighbours>> = {
  'mailgun JSON': { fields: ['timestamp', 'token'], unit: 's' },
  'mailgun form': { fields: ['timestamp', 'token'], unit: 's' },
  // The time of the event, which nobody compares with that of the delivery.
  'dropbox-sign': { fields: ['event_time', 'event_type'] },
};

/** A field of a form, or of JSON: its name and what stands before its value, and the value. */
const fieldOf = (name: string): RegExp => new RegExp(`((?:"${name}":"|(?:^|&)${name}=))([^"&]*)`);

function verdictOf({ title, secret, place }: Target, delivery: Delivery, first: string): Verdict {
  const { unit } = neighbours[title] as Neighbours;
  if (unit !== undefined && !isNear(first, unit, NOW)) return 'forged';
  return placedFacts[title]?.(delivery, secret) === place?.text ? 'respelled' : 'forged';
}

/** Letters moved from one field into the other. */
export const fieldRecut: Ruse = (target, chance) => {
  const [first = '', second = ''] = neighbours[target.title]?.fields ?? [];
  const { genuine } = target;
  const body = Buffer.from(genuine.body).toString('latin1');
  const [one = '', other = ''] = [first, second].map((name) => fieldOf(name).exec(body)?.[2]);
  if (one === '' || other === '') return undefined;
  const signed = one + other;
  const at = one.length + (1 + below(chance, 4)) * (chance() < 0.5 ? 1 : -1);
  const changed = body
    .replace(fieldOf(first), (_, before: string) => before + signed.slice(0, at))
    .replace(fieldOf(second), (_, before: string) => before + signed.slice(at));
  const delivery = { ...genuine, body: new Uint8Array(Buffer.from(changed, 'latin1')) };
  return { delivery, verdict: verdictOf(target, delivery, signed.slice(0, at)) };
};
