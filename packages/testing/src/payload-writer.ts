type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function has(payload: unknown, path: readonly string[]): boolean {
  let current = payload;
  for (const key of path) {
    if (!isFields(current) || !Object.hasOwn(current, key)) return false;
    current = current[key];
  }
  return true;
}

/** Also under `__proto__`, which an assignment would take for the prototype. */
const put = (fields: Fields, key: string, value: unknown): void =>
  void Object.defineProperty(fields, key, { value, configurable: true, enumerable: true, writable: true });

/** Writes `value` at the first of the dotted paths, unless one of them is there already. */
export function placeAt(payload: unknown, paths: readonly string[], value: string): void {
  const split = paths.map((path) => path.split('.'));
  const [first] = split;
  if (first === undefined || split.some((path) => has(payload, path))) return;
  let current = payload;
  for (const key of first.slice(0, -1)) {
    if (!isFields(current)) return;
    if (!Object.hasOwn(current, key)) put(current, key, {});
    current = current[key];
  }
  if (isFields(current)) put(current, first.at(-1) as string, value);
}

/** Fields as `application/x-www-form-urlencoded`; a list repeats its name. */
export function writeForm(payload: unknown): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(payload as Fields)) {
    for (const each of [value].flat())
      form.append(name, typeof each === 'object' ? JSON.stringify(each) : String(each));
  }
  return form.toString();
}
