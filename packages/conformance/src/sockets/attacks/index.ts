import type { Assault, Attack } from '../attack.ts';
import { abortAttacks } from './aborts.ts';
import { afterwardsAttacks } from './afterwards.ts';
import { bombAttacks } from './bombs.ts';
import { expectationAttacks } from './expectations.ts';
import { framingAttacks } from './framing.ts';
import { halfOpenAttacks } from './half-open.ts';
import { headAttacks } from './heads.ts';
import { lyingAttacks } from './lies.ts';
import { methodAttacks } from './methods.ts';
import { paceAttacks } from './pace.ts';
import { pipelineAttacks } from './pipelines.ts';

export const attacks: readonly Attack[] = [
  ...paceAttacks,
  ...halfOpenAttacks,
  ...pipelineAttacks,
  ...framingAttacks,
  ...lyingAttacks,
  ...expectationAttacks,
  ...methodAttacks,
  ...headAttacks,
  ...afterwardsAttacks,
  ...abortAttacks,
  ...bombAttacks,
];

/** Attacks that meet with what is an adapter's own: how it is told of the end of a request, and of an answer. */
const telling = new Set<Attack>([...halfOpenAttacks, ...pipelineAttacks, ...abortAttacks]);

const assaultsOn = (attack: Attack): readonly Assault[] =>
  (attack.mounts ?? (['webhook', 'route'] as const)).map((mount) => ({ attack, mount }));

/** Every attack at every mount that it is meant for. */
export const allAssaults: readonly Assault[] = attacks.flatMap(assaultsOn);

/** The telling ones at every mount, and of the others only `rest`, at one. */
export const someAssaults = (rest: 'all' | 'none'): readonly Assault[] =>
  attacks.flatMap((attack) => {
    if (telling.has(attack)) return assaultsOn(attack);
    return rest === 'all' ? assaultsOn(attack).slice(0, 1) : [];
  });
