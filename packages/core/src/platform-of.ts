import type { Platform } from './handlers.ts';

/** Workers pass `(env, ctx)`, others one object; whatever has `waitUntil` is asked to wait. */
export function platformOf(values: readonly unknown[]): Platform {
  const [env] = values;
  const context = values.find(
    (value): value is Required<Platform> =>
      typeof (value as Platform | null | undefined)?.waitUntil === 'function',
  );
  return context === undefined ? { env } : { env, waitUntil: (work) => context.waitUntil(work) };
}
