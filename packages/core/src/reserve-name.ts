import { misconfigured } from './errors.ts';

/** Endpoint names in use, per store. */
const taken = new WeakMap<object, Set<string>>();

/**
 * Takes an endpoint's name on a store: two receivers under one name would swallow each other's events.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_NAME_TAKEN`
 */
export function reserveName(store: object, name: string): void {
  const names = taken.get(store) ?? new Set();
  if (names.has(name)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_NAME_TAKEN',
      `another receiver named "${name}" uses this store, and each would take the other's events for duplicates: give one of them another \`name\``,
    );
  }
  taken.set(store, names.add(name));
}
