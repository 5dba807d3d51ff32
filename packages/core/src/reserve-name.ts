import { misconfigured } from './errors.ts';

/** Registered, so that a receiver made by another copy of this package is seen too. */
const registry = Symbol.for('countersign.names');

/** Endpoint names in use, per store. */
function namesInUse(): WeakMap<object, Set<string>> {
  const home = globalThis as { [registry]?: WeakMap<object, Set<string>> };
  home[registry] ??= new WeakMap();
  return home[registry];
}

/**
 * Takes an endpoint's name on a store: two receivers under one name would swallow each other's events.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_NAME_TAKEN`
 */
export function reserveName(store: object, name: string): void {
  const taken = namesInUse();
  const names = taken.get(store) ?? new Set();
  if (names.has(name)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_NAME_TAKEN',
      `another receiver named "${name}" uses this store, and each would take the other's events for duplicates: give one of them another \`name\``,
    );
  }
  taken.set(store, names.add(name));
}
