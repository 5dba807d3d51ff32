import type { Platform } from './handlers.ts';

function isContext(value: unknown): value is Required<Platform> {
  try {
    return typeof (value as Platform | null | undefined)?.waitUntil === 'function';
  } catch {
    // Something else that will not be looked at.
    return false;
  }
}

/** Workers pass `(env, ctx)`, others one object; whatever has `waitUntil` is asked to wait. */
export function platformOf(values: readonly unknown[]): Platform {
  const [env] = values;
  const context = values.find(isContext);
  return context === undefined ? { env } : { env, waitUntil: (work) => context.waitUntil(work) };
}
