import type { Delivery } from '@countersign/testing';
import type { Target } from './target.ts';

/** A signature header of so many characters, or items. */
type Swelling = (genuine: string, size: number) => string;

const swellings: Readonly<Record<string, Swelling>> = {
  'one long text': (_, size) => 'a'.repeat(size),
  'the signature, again and again': (genuine, size) =>
    Array(Math.ceil(size / (genuine.length + 1)))
      .fill(genuine)
      .join(','),
  'items of one letter': (_, size) => 'v1=a,'.repeat(size / 5),
  commas: (_, size) => ','.repeat(size),
  spaces: (_, size) => ' '.repeat(size),
  'opening quotes': (genuine, size) => genuine + '"\\'.repeat(size / 2),
  'letters beyond ASCII': (_, size) => 'é'.repeat(size),
};

const MIB = 1024 * 1024;
/** Half, and whole. */
const SIZES = [MIB / 2, MIB] as const;
/** Twice the size may take twice as long; four times as long is quadratic. In between lies the noise of a machine. */
const GROWTH = 3.2;
/** ms that nobody measures well. */
const FAST = 8;
const LOOKS = 5;

export interface Swollen {
  readonly tried: number;
  readonly wrong: readonly string[];
  /** Work that grew faster than the header: told by a clock, so for a long run to judge. */
  readonly grown: readonly string[];
  /** ms of the longest refusal. */
  readonly slowest: number;
}

const withHeader = ({ genuine }: Target, header: string, text: string): Delivery => ({
  ...genuine,
  headers: { ...genuine.headers, [header]: text },
});

/** The best of a few looks, for others run on this machine too. */
async function timeOf(target: Target, delivery: Delivery): Promise<{ ms: number; isRefused: boolean }> {
  let ms = Number.POSITIVE_INFINITY;
  let isRefused = true;
  for (let look = 0; look < LOOKS; look++) {
    const begin = performance.now();
    const answer = await target.judge(delivery);
    ms = Math.min(ms, performance.now() - begin);
    isRefused &&= answer === 'refused';
  }
  return { ms, isRefused };
}

/** Swells every signature header to a megabyte: it must be refused, and the work grow no faster than the text. */
export async function swellAll(targets: readonly Target[]): Promise<Swollen> {
  const wrong: string[] = [];
  const grown: string[] = [];
  let tried = 0;
  let slowest = 0;
  for (const target of targets) {
    const { header, genuine, title, writesLists } = target;
    if (header === undefined) continue;
    for (const [name, swell] of Object.entries(swellings)) {
      const times: number[] = [];
      for (const size of SIZES) {
        const text = swell(genuine.headers[header] ?? '', size);
        const { ms, isRefused } = await timeOf(target, withHeader(target, header, text));
        tried += LOOKS;
        times.push(ms);
        // The right one stands among those.
        if (!isRefused && !(writesLists && name.includes('again'))) wrong.push(`${title}: ${name}: taken`);
      }
      const [half = 0, whole = 0] = times;
      slowest = Math.max(slowest, whole);
      if (whole > FAST && whole > half * GROWTH) {
        grown.push(`${title}: ${name}: ${half.toFixed(1)} ms, and twice as much ${whole.toFixed(1)} ms`);
      }
    }
  }
  return { tried, wrong, grown, slowest };
}
