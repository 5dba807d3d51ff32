import type { Delivery } from '@countersign/testing';
import type { Ruse } from '../attempt.ts';
import { downgrades } from '../downgrades.ts';
import { misspelt } from '../misspelt.ts';
import { type Chance, pick } from '../pick.ts';
import type { Target } from '../target.ts';

/** Ways to have a signature wrong, and there. */
const spoilings: readonly ((text: string) => string)[] = [
  misspelt,
  (text) => text.slice(0, -3),
  (text) => `${text}0`,
  () => 'x',
  () => '',
];

function spoiled({ header = '', genuine }: Target, weakened: Delivery, chance: Chance): Delivery {
  const text = pick(chance, spoilings)(genuine.headers[header] ?? '');
  return { ...weakened, headers: { ...weakened.headers, [header]: text } };
}

function without({ header = '' }: Target, { headers, ...delivery }: Delivery): Delivery {
  const { [header]: _, ...rest } = headers;
  return { ...delivery, headers: rest };
}

/** `Bearer a.b.c`: what stands before, the head, the claims and the signature. */
const JWT = /^((?:\S+ )?)(eyJ[\w-]+)\.([\w-]*)\.[\w-]+$/;

/** By name. */
export const downgradeRuses: Readonly<Record<string, Ruse>> = {
  'a wrong signature, and a right one that is weaker': (target, chance) => {
    const downgrade = downgrades[target.title];
    if (downgrade === undefined) return undefined;
    const weakened = downgrade.weaken(target.genuine, target);
    const delivery = downgrade.spoil?.(weakened) ?? spoiled(target, weakened, chance);
    return { delivery, verdict: 'forged' };
  },
  'a right one that is weaker, alone': (target) => {
    const downgrade = downgrades[target.title];
    if (downgrade === undefined) return undefined;
    const { genuine } = target;
    // Where both stand in one header, the weaker takes the place of the other.
    const bare = downgrade.spoil === undefined ? without(target, genuine) : genuine;
    return { delivery: downgrade.weaken(bare, target), verdict: downgrade.alone };
  },
  'a token that says that nobody signed it': ({ header = '', genuine }, chance) => {
    const [, start, head = '', claims] = JWT.exec(genuine.headers[header] ?? '') ?? [];
    if (start === undefined) return undefined;
    const told = JSON.parse(Buffer.from(head, 'base64url').toString());
    const alg = pick(chance, ['none', 'None', 'NONE', '', undefined]);
    const said = Buffer.from(JSON.stringify({ ...told, alg })).toString('base64url');
    const token = `${start}${said}.${claims}.${pick(chance, ['', 'AA'])}`;
    return { delivery: { ...genuine, headers: { ...genuine.headers, [header]: token } }, verdict: 'forged' };
  },
};
