import { existsSync, readFileSync } from 'node:fs';
import type { Provider } from '@countersign/core';
import type { SignableEvent, SignOptions } from '../../../testing/src/index.ts';
import { factoryOf } from './catalogue.ts';
import { fetchOption } from './key-server.ts';

/** One way in which a provider delivers: what its factory gets, and what our own signer needs to imitate it. */
export interface Sample {
  readonly variant?: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly event?: SignableEvent;
  /** What the vendor's key server answers, by address, where keys are fetched: given to the factory as `fetch`. */
  readonly fetched?: Readonly<Record<string, string>>;
  /** PKCS #8, as PEM or base64. */
  readonly privateKey?: string;
  /** Hostile deliveries at least: a scheme that covers less gives fewer. */
  readonly least?: number;
  /** Why our signer cannot imitate it: the generic suites pass it over, and its own test says why. */
  readonly unsigned?: string;
}

/** The samples of a provider; none is a fault that a test tells. */
export function samplesOf(file: string): readonly Sample[] {
  const path = new URL(`../samples/${file}.json`, import.meta.url);
  const samples: readonly Sample[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
  return samples.map((sample) => ({ ...sample, options: { ...sample.options, ...fetchOption(sample) } }));
}

export const signOptionsOf = ({ privateKey }: Sample): SignOptions =>
  privateKey === undefined ? {} : { privateKey };

/** A provider of this file, made from its first sample. */
export const sampleProviderOf = (file: string): Provider =>
  factoryOf(file)(samplesOf(file)[0]?.options ?? {});
