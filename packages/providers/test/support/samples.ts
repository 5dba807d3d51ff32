import { existsSync, readFileSync } from 'node:fs';
import type { Provider } from '@countersign/core';
import { factoryOf } from './catalogue.ts';
import { factoryOptionsOf, type Sample } from './sample.ts';

/** The samples of a provider; none is a fault that a test tells. */
export function samplesOf(file: string): readonly Sample[] {
  const path = new URL(`../samples/${file}.json`, import.meta.url);
  const samples: readonly Sample[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
  return samples.map((sample) => ({ ...sample, options: factoryOptionsOf(sample) }));
}

/** A provider of this file, made from its first sample. */
export const sampleProviderOf = (file: string): Provider =>
  factoryOf(file)(samplesOf(file)[0]?.options ?? {});
