/** A figure as it is printed. */
export const rounded = (value: number | undefined, digits = 0): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(digits));
