import { readdirSync, readFileSync } from 'node:fs';
import type { Vector } from './vector.ts';

const folder = new URL('../vectors/', import.meta.url);

/** Providers that have a vector file. */
export const vectorFiles: readonly string[] = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));

export const vectorsOf = (provider: string): readonly Vector[] =>
  JSON.parse(readFileSync(new URL(`${provider}.json`, folder), 'utf8')) as Vector[];
