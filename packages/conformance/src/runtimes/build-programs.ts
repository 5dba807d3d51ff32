import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { leaveNode, leavePackages } from './bundler-plugins.ts';
import type { Records } from './checks/portable-checks.ts';
import { type WorkerdOptions, workerdConfig } from './workerd-config.ts';

/** What is served, and seen from outside. */
export const apps = ['hono-app', 'plain-app'] as const;

/** The flag by which workerd has Node's modules. */
const NODE = ['nodejs_compat'];

/** What wrangler bundles for, and what bundlers for the edge do. */
const conditions = {
  workerd: ['workerd', 'worker', 'browser'],
  edge: ['edge-light', 'worker', 'browser'],
} as const;

/**
 * Bundles our own files into `home`, where the tarballs are installed. What runs where modules can be loaded finds the
 * packages there; for the rest, those are bundled in a second step, from the tarballs, as Workers are.
 */
export async function buildPrograms(
  home: string,
  modules: readonly string[],
  records: Records,
): Promise<void> {
  const sources = import.meta.dirname;
  const listener = join(sources, 'programs/edge-listener.mjs');
  const common: BuildOptions = { bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning' };
  const define = { RECORDS: JSON.stringify(records), MODULES: JSON.stringify(modules), FORMAT: '"esm"' };

  const load = (entry: string, out: string, options: BuildOptions = {}): Promise<unknown> =>
    build({
      ...common,
      entryPoints: [join(sources, entry)],
      outfile: join(home, out),
      platform: 'node',
      define,
      plugins: [leavePackages()],
      ...options,
    });

  /** The tools come from the sources: whole, the package of them needs Node's modules. What is tested does not. */
  const embed = (entry: string, out: string): Promise<unknown> =>
    load(entry, out, {
      platform: 'neutral',
      conditions: ['@countersign/source'],
      plugins: [leavePackages('@countersign/testing')],
    });

  const bundle = (
    entry: string,
    out: string,
    of: keyof typeof conditions,
    { isNode = false, alias = {} }: { isNode?: boolean; alias?: Record<string, string> } = {},
  ): Promise<unknown> =>
    build({
      ...common,
      absWorkingDir: home,
      entryPoints: [entry],
      outfile: join(home, out),
      platform: 'browser',
      format: of === 'edge' ? 'iife' : 'esm',
      conditions: [...conditions[of]],
      alias,
      define: { 'process.env.NODE_DEBUG': 'undefined' },
      plugins: [leaveNode(home, isNode)],
    });

  const configure = (name: string, module: string, options: WorkerdOptions): Promise<void> =>
    writeFile(join(home, `${name}.capnp`), workerdConfig(module, options));

  await Promise.all([
    load('programs/portable.ts', 'portable.mjs'),
    load('programs/portable.ts', 'portable.cjs', { format: 'cjs', define: { ...define, FORMAT: '"cjs"' } }),
    ...['frameworks', 'bun-server', 'deno-server', 'node-app'].map((name) =>
      load(`programs/${name}.ts`, `${name}.mjs`),
    ),
    ...['edge-vm', 'edge-app'].map((name) => load(`programs/${name}.mjs`, `${name}.mjs`)),
    ...apps.map((name) => embed(`wire/${name}.ts`, `${name}.mjs`)),
    ...['worker', 'edge'].map((name) => embed(`programs/${name}.ts`, `${name}.mjs`)),
  ]);
  await Promise.all([
    bundle('worker.mjs', 'worker.js', 'workerd'),
    bundle('worker.mjs', 'worker-node.js', 'workerd', { isNode: true }),
    bundle('edge.mjs', 'edge.js', 'edge'),
    ...apps.flatMap((app) => [
      bundle(`${app}.mjs`, `${app}.js`, 'workerd'),
      bundle(listener, `${app}.edge.js`, 'edge', { alias: { app: `./${app}.mjs` } }),
    ]),
  ]);
  await Promise.all([
    configure('worker', 'worker.js', {}),
    configure('worker-node', 'worker-node.js', { flags: NODE }),
    ...apps.flatMap((app) => [
      configure(app, `${app}.js`, { isServed: true }),
      configure(`${app}-node`, `${app}.js`, { isServed: true, flags: NODE }),
    ]),
  ]);
}
