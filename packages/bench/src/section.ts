/** A table of figures, and what to read out of it. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, string | number | undefined>>[];
}

/** One group of measurements. */
export interface Section {
  run(): Promise<readonly Table[]>;
}
