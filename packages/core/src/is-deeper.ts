/**
 * Whether a value is nested deeper than so many levels. Asked level by level: what makes a stack overflow does not
 * make this one overflow.
 */
export function isDeeper(value: unknown, levels: number): boolean {
  const seen = new Set<unknown>();
  const isNew = (each: unknown): each is object =>
    typeof each === 'object' && each !== null && !seen.has(each) && seen.add(each).has(each);
  let level = [value].filter(isNew);
  for (let depth = 0; depth < levels && level.length > 0; depth++) {
    level = level.flatMap((each) => Object.values(each)).filter(isNew);
  }
  return level.length > 0;
}
