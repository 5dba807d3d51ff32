import { readdirSync, readFileSync } from 'node:fs';
import type { Records } from './checks/portable-checks.ts';

const tests = new URL('../../../providers/test/', import.meta.url);

function read<Row>(folder: string): Readonly<Record<string, readonly Row[]>> {
  const home = new URL(`${folder}/`, tests);
  const files = readdirSync(home).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(file, home), 'utf8')),
    ]),
  );
}

/** The vectors and samples of all providers. */
export const readRecords = (): Records => ({ vectors: read('vectors'), samples: read('samples') });
