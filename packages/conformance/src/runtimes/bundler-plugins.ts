import type { Plugin } from 'esbuild';

/** Packages are left where they are installed, but for those which are taken in. */
export const leavePackages = (...taken: readonly string[]): Plugin => ({
  name: 'leave packages',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || taken.includes(path)
        ? undefined
        : { path, external: true, sideEffects: false },
    );
  },
});

/** Node's modules are left to the runtime. Where there are none, a library asserts. */
export const leaveNode = (home: string, isNode: boolean): Plugin => ({
  name: "leave Node's modules",
  setup(bundler) {
    bundler.onResolve({ filter: /^node:/ }, ({ path }) =>
      path === 'node:assert/strict' && !isNode
        ? { path, namespace: 'library' }
        : { path, external: true, sideEffects: false },
    );
    bundler.onLoad({ filter: /.*/, namespace: 'library' }, () => ({
      contents: "import assert from 'assert/'; export default assert.strict;",
      resolveDir: home,
    }));
  },
});
