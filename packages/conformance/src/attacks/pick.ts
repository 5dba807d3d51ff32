/** A number in [0, 1), by the seed. */
export type Chance = () => number;

/** A whole number from 0 on. */
export const below = (chance: Chance, limit: number): number => Math.floor(chance() * limit);

export const pick = <T>(chance: Chance, items: readonly T[]): T => items[below(chance, items.length)] as T;
