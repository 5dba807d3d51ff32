/** Durations of two kinds, taken in turns. */
export interface Samples {
  readonly first: Float64Array;
  readonly last: Float64Array;
}

export interface Comparison {
  readonly samples: number;
  /** ns */
  readonly medians: readonly [first: number, last: number];
  /** ns by which the first kind takes longer, of what is left of both when the slow tail is cut off. */
  readonly difference: number;
  /** ns: where 99 of 100 such differences lie. */
  readonly interval: readonly [from: number, to: number];
  /** The largest |t| of Welch's test over all cuts. */
  readonly t: number;
}

/** What may come of no difference once in 100,000 measurements. */
export const THRESHOLD = 4.5;

/** Interruptions only ever add time: whatever lies above is cut off, at one place after the other. */
const CUTS = [0.5, 0.65, 0.8, 0.9, 0.95, 1];

/** The cut whose difference is reported. */
const REPORTED = 0.8;

const RESAMPLED = 400;

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/** Welch's t of two samples. */
function welch(a: Float64Array, b: Float64Array): number {
  const spread = Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  return spread === 0 ? 0 : (mean(a) - mean(b)) / spread;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

/** Both kinds below one limit, which is that of both together: it favours neither. */
function cutAt({ first, last }: Samples, share: number): readonly [Float64Array, Float64Array] {
  const all = Float64Array.from([...first, ...last]).sort();
  const limit = quantile(all, share);
  return [first.filter((value) => value <= limit), last.filter((value) => value <= limit)];
}

function resampledMean(values: Float64Array, chance: () => number): number {
  let sum = 0;
  for (let draw = 0; draw < values.length; draw++)
    sum += values[Math.floor(chance() * values.length)] as number;
  return sum / values.length;
}

/** The 99 % interval of the difference of means, by drawing again from what was measured (bootstrap). */
function intervalOf(
  first: Float64Array,
  last: Float64Array,
  chance: () => number,
): readonly [number, number] {
  const differences = Float64Array.from(
    { length: RESAMPLED },
    () => resampledMean(first, chance) - resampledMean(last, chance),
  ).sort();
  return [quantile(differences, 0.005), quantile(differences, 0.995)];
}

/** Whether two kinds of durations differ, and by how much they can at most. */
export function compare(samples: Samples, chance: () => number): Comparison {
  const { first, last } = samples;
  const cuts = CUTS.map((share) => cutAt(samples, share));
  const [a, b] = cutAt(samples, REPORTED);
  return {
    samples: first.length,
    medians: [first, last].map((values) => quantile(values.slice().sort(), 0.5)) as [number, number],
    difference: mean(a) - mean(b),
    interval: intervalOf(a, b, chance),
    t: Math.max(...cuts.map(([x, y]) => Math.abs(welch(x, y)))),
  };
}
