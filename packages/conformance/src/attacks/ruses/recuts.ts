import type { Delivery } from '@countersign/testing';
import { NOW } from '../../privacy/confidants.ts';
import type { Ruse } from '../attempt.ts';
import { isVariable, type Layout, type Parts, partsOf, withParts } from '../layout.ts';
import { isNear } from '../near.ts';
import { resigned, type Verdict, verdictOn } from '../recompute.ts';
import type { Target } from '../target.ts';
import { cutAnew } from './cut.ts';

/** RFC 3986, of an address of ours: what else stands in it was never a part of one. */
const ADDRESS = /^https:\/\/(?:(?!["<>\\^`{|}])[\x21-\x7e])+$/;
const TOKEN = /^[\x21-\x7e]+$/;

/** Whether each part is one that a sender writes; a vendor's computation alone does not ask. */
function isWritten({ content, unit }: Layout, parts: Parts, method: string): boolean {
  const { I = '', T = '', U = '', M } = parts;
  const mark = content[content.indexOf('I') + 1] ?? '';
  const isId = TOKEN.test(I) && (isVariable(mark) || !I.includes(mark));
  return (
    (!content.includes('I') || isId) &&
    (unit === undefined || isNear(T, unit, NOW)) &&
    (!content.includes('U') || ADDRESS.test(U)) &&
    M === method
  );
}

function verdictOf({ fact, secret, genuine }: Target, layout: Layout, delivery: Delivery): Verdict {
  if (!isWritten(layout, partsOf(layout, delivery), genuine.method)) return 'forged';
  return fact ? verdictOn(fact, secret, delivery, NOW) : 'respelled';
}

/** The text that was signed, letter for letter, and other parts: the signature holds, and means something else. */
const recut =
  (isBaited: boolean): Ruse =>
  (target, chance) => {
    const { fact, layout, secret } = target;
    if (layout === undefined || layout.content.length < 2) return undefined;
    let { genuine } = target;
    if (isBaited) {
      const mark = layout.content[layout.content.indexOf('B') - 1];
      const time = partsOf(layout, genuine).T ?? '';
      if (fact?.unit === undefined || mark === undefined || isVariable(mark)) return undefined;
      const bait = Buffer.concat([Buffer.from(time + mark), genuine.body]);
      genuine = resigned(fact, secret, { ...genuine, body: new Uint8Array(bait) }, time);
    }
    const parts = partsOf(layout, genuine);
    const cut = cutAnew(layout, parts, chance);
    if (cut === undefined) return undefined;
    const delivery = withParts(layout, genuine, { ...parts, ...cut });
    return { delivery, verdict: verdictOf(target, layout, delivery) };
  };

/** By name. */
export const recuts: Readonly<Record<string, Ruse>> = {
  'what is signed, cut elsewhere': recut(false),
  // The sender was brought to sign a body that begins as a time does.
  'a body that was a time and a body': recut(true),
};
