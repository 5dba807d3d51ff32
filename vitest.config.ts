import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests run on the sources: no build comes first.
const source = '@countersign/source';
const webCrypto = fileURLToPath(new URL('packages/core/src/crypto/web.ts', import.meta.url));

export default defineConfig({
  resolve: { conditions: [source] },
  ssr: {
    resolve: { conditions: [source, 'module', 'node'], externalConditions: [source, 'module', 'node'] },
  },
  test: {
    testTimeout: 20_000,
    // Many tests wait for a server, a lease or a process that was killed: more of them fit into the same time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    globalSetup: 'packages/conformance/src/servers-setup.ts',
    reporters: ['default', 'json'],
    outputFile: { json: '.vitest/report.json' },
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['packages/*/test/**/*.test.ts'] },
      },
      {
        // The same tests on WebCrypto, as the edge runs them.
        extends: true,
        resolve: { alias: { '#crypto': webCrypto } },
        test: {
          name: 'web',
          include: [
            'packages/{core,providers}/test/**/*.test.ts',
            'packages/conformance/test/primitives/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            checker: 'tsc',
            include: ['packages/*/test/**/*.test-d.ts'],
            // Every other file is checked by `typecheck`.
            ignoreSourceErrors: true,
          },
        },
      },
    ],
  },
});
