/** A number in [0, 1). */
export type Random = () => number;

/** One of them. */
export const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

/** Among many small ones a few that fill the limit. */
export const size = (random: Random, small: number, large: number): number =>
  Math.ceil(random() < 0.005 ? large * (0.5 + random() / 2) : small * random());
