/** Steps of 2 %, from a hundredth of a millisecond on. */
const STEP = Math.log(1.02);
const FIRST = 0.01;

/** How long things took: of fixed size, however many they were. */
export class Histogram {
  readonly #counts = new Uint32Array(1200);
  count = 0;
  max = 0;

  /** @param ms how long one took */
  add(ms: number): void {
    const at = Math.floor(Math.log(Math.max(ms, FIRST) / FIRST) / STEP);
    const last = this.#counts.length - 1;
    this.#counts[Math.min(at, last)] = (this.#counts[Math.min(at, last)] as number) + 1;
    this.count++;
    this.max = Math.max(this.max, ms);
  }

  /** ms within which so large a share was done; 2 % too much at most. */
  quantile(share: number): number {
    let left = share * this.count;
    for (let at = 0; at < this.#counts.length; at++) {
      left -= this.#counts[at] as number;
      if (left <= 0) return Math.min(FIRST * Math.exp((at + 1) * STEP), this.max);
    }
    return this.max;
  }
}
