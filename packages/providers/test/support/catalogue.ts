import { readdirSync } from 'node:fs';
import type { Provider } from '@countersign/core';

/** A factory, whichever provider's. */
export type AnyFactory = (options: Readonly<Record<string, unknown>>) => Provider;

const source = new URL('../../src/', import.meta.url);

/** The provider files: what else stands in `src` is the index, and folders. */
export const files: readonly string[] = readdirSync(source, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'index.ts')
  .map(({ name }) => name.slice(0, -3))
  .sort();

/** `standard-webhooks` → `standardWebhooks`. */
export const exportName = (file: string): string =>
  file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

type Module = Readonly<Record<string, AnyFactory>>;

/** A file that does not load fails the tests of its own provider, and no other's. */
const modules = new Map<string, PromiseSettledResult<Module>>(
  await Promise.all(
    files.map(async (file): Promise<[string, PromiseSettledResult<Module>]> => {
      const [loaded] = await Promise.allSettled<Promise<Module>>([import(`../../src/${file}.ts`)]);
      return [file, loaded as PromiseSettledResult<Module>];
    }),
  ),
);

export function factoryOf(file: string): AnyFactory {
  const loaded = modules.get(file);
  if (loaded?.status === 'rejected') throw loaded.reason;
  const factory = loaded?.value[exportName(file)];
  if (factory === undefined) throw new Error(`src/${file}.ts exports no ${exportName(file)}`);
  return factory;
}
