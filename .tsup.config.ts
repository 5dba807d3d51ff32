import { defineConfig } from 'tsup';

// Shared by every published package; each `build` script names its own entries.
export default defineConfig({
  format: ['esm', 'cjs'],
  target: ['node20', 'es2022'],
  // baseUrl, which tsup sets for the .d.ts build, is deprecated in TypeScript 6.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  // Code that two entries share stays one copy in each format, so a class has one identity.
  splitting: true,
  treeshake: true,
  clean: true,
  // Workers and Deno know Node's modules only by their full names.
  removeNodeProtocol: false,
  // Left to package.json "imports": the user's runtime picks the implementation.
  external: ['#crypto'],
  esbuildOptions(options) {
    options.chunkNames = 'chunks/[hash]';
  },
});
