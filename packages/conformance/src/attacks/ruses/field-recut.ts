import type { Delivery } from '@countersign/testing';
import { NOW } from '../../privacy/confidants.ts';
import type { Ruse } from '../attempt.ts';
import { isNear } from '../near.ts';
import { below } from '../pick.ts';
import { placedFacts } from '../placed-facts.ts';
import type { Verdict } from '../recompute.ts';
import type { Target } from '../target.ts';

/** Two fields of the body that are signed with nothing between them, and what a sender writes there. */
interface Neighbours {
  readonly fields: readonly [first: string, second: string];
  readonly isWritten: (first: string, second: string) => boolean;
}

const isTimely = (first: string): boolean => isNear(first, 's', NOW);

/** By title, from the vendors' docs. */
const neighbours: Readonly<Record<string, Neighbours>> = {
  'mailgun JSON': { fields: ['timestamp', 'token'], isWritten: isTimely },
  'mailgun form': { fields: ['timestamp', 'token'], isWritten: isTimely },
  // The time of the event, which nobody compares with that of the delivery.
  'dropbox-sign': {
    fields: ['event_time', 'event_type'],
    isWritten: (time, type) => /^\d+$/.test(time) && /^[a-z]/.test(type),
  },
};

/** A field of a form, or of JSON: its name and what stands before its value, and the value. */
const fieldOf = (name: string): RegExp => new RegExp(`((?:"${name}":"|(?:^|&)${name}=))([^"&]*)`);

function verdictOf(
  { title, secret, place }: Target,
  delivery: Delivery,
  ...fields: [first: string, second: string]
): Verdict {
  if (neighbours[title]?.isWritten(...fields) !== true) return 'forged';
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
  const cut = [signed.slice(0, at), signed.slice(at)] as const;
  const changed = body
    .replace(fieldOf(first), (_, before: string) => before + cut[0])
    .replace(fieldOf(second), (_, before: string) => before + cut[1]);
  const delivery = { ...genuine, body: new Uint8Array(Buffer.from(changed, 'latin1')) };
  return { delivery, verdict: verdictOf(target, delivery, ...cut) };
};
