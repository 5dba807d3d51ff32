import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { isInstalled } from '../src/oracles/sdk.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const needed = [
  'stripe',
  '@octokit/openapi-webhooks-types',
  '@slack/types',
  'discord-api-types',
  '@linear/sdk',
];
const isThere = needed.every(isInstalled);

it.skipIf(process.env.CI === undefined && !isThere)(
  'takes the vendors’ own types as type arguments (skipped without npm run oracles:install, but not where CI is set)',
  async () => {
    const folder = join(root, 'packages/conformance/oracles/types');
    const report = await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    );
    expect(report).toBe('');
  },
  60_000,
);
