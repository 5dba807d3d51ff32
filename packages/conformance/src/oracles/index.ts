import { readdirSync } from 'node:fs';
import type { Oracle } from './oracle.ts';

export type { Delivery, Oracle, OracleEvent, Weakness } from './oracle.ts';

const OTHERS = new Set(['index.ts', 'oracle.ts', 'sdk.ts', 'wire.ts']);

const isOracle = (value: unknown): value is Oracle =>
  typeof value === 'object' && value !== null && 'sdk' in value && 'verify' in value;

/** Every oracle that a file of this folder exports. */
export const oracles: readonly Oracle[] = (
  await Promise.all(
    readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.ts') && !OTHERS.has(file))
      .sort()
      .map((file) => import(/* @vite-ignore */ `./${file.slice(0, -3)}.ts`)),
  )
)
  .flatMap((module) => Object.values(module))
  .filter(isOracle);
