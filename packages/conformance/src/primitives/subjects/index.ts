import type { Primitive } from '../primitive.ts';
import { certificates } from './certificates.ts';
import { comparisons } from './comparisons.ts';
import { der } from './der.ts';
import { forms } from './forms.ts';
import { headers } from './headers.ts';
import { inflations } from './inflations.ts';
import { hashed } from './macs.ts';
import { publicKeys } from './public-keys.ts';
import { published } from './published.ts';
import { texts } from './texts.ts';
import { times } from './times.ts';

/** Everything below the engine that reads, compares or hashes bytes. */
export const primitives: readonly Primitive[] = [
  ...published,
  ...hashed,
  ...publicKeys,
  ...comparisons,
  ...texts,
  ...times,
  ...headers,
  ...forms,
  ...inflations,
  ...der,
  ...certificates,
];
