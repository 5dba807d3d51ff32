import { published } from '../../scripts/packed-packages.mjs';

/**
 * Every module that the published packages export.
 *
 * @param every what stands for `*` in the catalogue: a module for each provider
 */
export const publishedModules = (every: readonly string[]): readonly string[] =>
  published.flatMap(({ manifest: { name, publishConfig } }) =>
    Object.entries(publishConfig.exports)
      .filter(([path, target]) => target !== null && path !== './package.json')
      .flatMap(([path]) => (path === './*' ? every.map((each) => `./${each}`) : path))
      .map((path) => name + path.slice(1)),
  );
