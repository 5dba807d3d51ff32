/** Something that must hold in every runtime. */
export interface Check {
  readonly name: string;
  /** Rejects when it does not hold. May say how many deliveries it judged. */
  run(): unknown;
}
