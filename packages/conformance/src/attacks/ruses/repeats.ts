import type { Delivery } from '@countersign/testing';
import { NOW } from '../../privacy/confidants.ts';
import type { Ruse } from '../attempt.ts';
import { type Chance, pick } from '../pick.ts';
import { type Verdict, verdictOn } from '../recompute.ts';
import type { Target } from '../target.ts';

type Part = 'id' | 'timestamp';

/** Another time, written as this one is: of yesterday, of now, or the same. */
const otherTime = (text: string, chance: Chance): string => {
  const back = pick(chance, [86_400_000, 1000, 0]);
  if (/^\d+$/.test(text)) return String(Number(text) - (text.length > 11 ? back : back / 1000));
  const date = new Date(Date.parse(text) - back);
  if (Number.isNaN(date.getTime())) return text;
  return text.endsWith('GMT') ? date.toUTCString() : date.toISOString();
};

const others: Readonly<Record<Part, (text: string, chance: Chance) => string>> = {
  timestamp: otherTime,
  id: (text, chance) => pick(chance, [text, `${text}0`, 'evt_other']),
};

/** Two values under one name, as Fetch and Node join them. */
function repeated(delivery: Delivery, header: string, texts: readonly string[]): Delivery {
  return { ...delivery, headers: { ...delivery.headers, [header]: texts.join(', ') } };
}

/** Recomputed; else it is signed as its record says, or only asserted, and the signature as good as before. */
function verdictOf({ fact, secret }: Target, delivery: Delivery, isSigned: boolean): Verdict {
  const isForged = fact ? verdictOn(fact, secret, delivery, NOW) === 'forged' : isSigned;
  return isForged ? 'forged' : 'respelled';
}

const repeat =
  (part: Part, isFirst: boolean): Ruse =>
  (target, chance) => {
    const { genuine, named } = target;
    const header = named[part];
    if (header === undefined) return undefined;
    const text = genuine.headers[header.name] ?? '';
    const other = others[part](text, chance);
    const delivery = repeated(genuine, header.name, isFirst ? [text, other] : [other, text]);
    return { delivery, verdict: verdictOf(target, delivery, header.isSigned) };
  };

/** `t=1,t=2,v1=aa`: the same, where the time stands beside the signature. */
const repeatField =
  (isFirst: boolean): Ruse =>
  ({ fact, secret, genuine }, chance) => {
    if (!fact?.pairs) return undefined;
    const [separator, name] = fact.pairs;
    const text = genuine.headers[fact.header] ?? '';
    const time = new RegExp(`(?:^|[,; ])${name}=(\\d+)`).exec(text)?.[1] ?? '';
    const other = `${name}=${otherTime(time, chance)}`;
    const both = isFirst ? `${text}${separator}${other}` : `${other}${separator}${text}`;
    const delivery = { ...genuine, headers: { ...genuine.headers, [fact.header]: both } };
    return { delivery, verdict: verdictOn(fact, secret, delivery, NOW) };
  };

/** By name. */
export const repeats: Readonly<Record<string, Ruse>> = {
  'two times, the right one first': repeat('timestamp', true),
  'two times, the right one last': repeat('timestamp', false),
  'two ids, the right one first': repeat('id', true),
  'two ids, the right one last': repeat('id', false),
  'two times beside the signature, the right one first': repeatField(true),
  'two times beside the signature, the right one last': repeatField(false),
};
