import { readFileSync } from 'node:fs';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** As this workspace has it: under its own name, or `npm:express@4.22.3` under another. */
function installed(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  const { name: own, version } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  return own === name ? version : `npm:${own}@${version}`;
}

const frameworks = ['express', 'express4', 'koa', 'koa2', 'hono', '@hono/node-server'];
const parsers = ['@koa/bodyparser', '@koa/router'];

const versionsOf = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, installed(name)]));

/** What stands beside our packages in the runs: what this workspace tests, and what only these runs need. */
export const latest: Readonly<Record<string, string>> = {
  ...versionsOf([...frameworks, ...parsers]),
  '@noble/hashes': '2.4.0',
  assert: '2.1.0',
  'edge-runtime': '4.0.1',
};

/** The lowest versions in the peer ranges; what serves Hono is of its time. */
export const lowest: Readonly<Record<string, string>> = {
  ...versionsOf(parsers),
  express: '5.0.0',
  express4: 'npm:express@4.21.0',
  koa: '3.0.0',
  koa2: 'npm:koa@2.15.0',
  hono: '4.0.0',
  '@hono/node-server': '1.19.19',
};
