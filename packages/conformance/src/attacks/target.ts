import type { Delivery } from '@countersign/testing';
import type { Sample } from '../../../providers/test/support/sample.ts';
import type { Confidant } from '../privacy/confidants.ts';
import { downgrades } from './downgrades.ts';
import { type Judge, judgeOf } from './judge.ts';
import type { Layout } from './layout.ts';
import { layouts } from './layouts.ts';
import { type NamedHeader, namedHeader } from './named-header.ts';
import { type Place, placeOf } from './place.ts';
import { placedFacts } from './placed-facts.ts';
import { listWriters, type VendorFact, vendorFacts } from './vendor-facts.ts';

export interface Target {
  readonly title: string;
  readonly file: string;
  readonly genuine: Delivery;
  readonly secret: string;
  /** All that it was told to verify by: as texts, and as the bytes that they stand for (in base64). */
  readonly keys: readonly string[];
  /** `undefined`: nobody but us can recompute it, and a changed signature must be refused. */
  readonly fact: VendorFact | undefined;
  /** Where it puts what it signs; `undefined`: the body alone, or what is not taken apart here. */
  readonly layout: Layout | undefined;
  readonly named: Readonly<Record<'id' | 'timestamp', NamedHeader | undefined>>;
  /** The header its signature stands in, if it stands in one. */
  readonly header: string | undefined;
  /** Where its signature or token stands, if it stands in no header. */
  readonly place: Place | undefined;
  /** What must stand there, by recomputation. */
  readonly expected: string | undefined;
  /** Several signatures stand in its header by right. */
  readonly writesLists: boolean;
  /** What it signs has the bytes of the body in it: by its recomputation, or else by its record. */
  readonly signsBody: boolean;
  readonly judge: Judge;
}

const PUBLIC = /^(?:payload|query|header|signature)/;

function keysOf(confidential: Confidant['confidential'], { publicKey = [] }: Sample['options']): string[] {
  const secrets = Object.entries(confidential).filter(([name]) => !PUBLIC.test(name));
  const texts = secrets.map(([, value]) =>
    typeof value === 'string' ? value : Buffer.from(value).toString('base64'),
  );
  return [...texts, ...[publicKey].flat().map(String)];
}

export function targetOf({ title, file, sample, confidential, genuine, provider }: Confidant): Target {
  const { secret = '' } = confidential;
  const made = provider(downgrades[title]?.options?.(String(secret)));
  const header = made.rules.schemes
    .flatMap(({ grammar }) => grammar.header ?? [])
    .find((name) => genuine.headers[name] !== undefined);
  const fact = vendorFacts[title];
  const layout = fact ?? layouts[title];
  const writesLists = listWriters.has(file);
  // A form may be signed as its fields, of which one text has several spellings.
  const { schemes, payload } = made.rules;
  const isRecorded = payload.name !== 'form' && schemes.every(({ covers }) => covers.includes('body'));
  const signsBody = fact !== undefined || isRecorded;
  const keys = keysOf(confidential, sample.options);
  return {
    title,
    file,
    genuine,
    secret: String(secret),
    keys,
    fact,
    layout,
    named: {
      id: namedHeader('id', made, genuine, layout),
      timestamp: namedHeader('timestamp', made, genuine, layout),
    },
    header,
    place: header === undefined ? placeOf(made.rules.schemes, genuine) : undefined,
    expected: placedFacts[title]?.(genuine, String(secret)),
    writesLists,
    signsBody,
    judge: judgeOf(made),
  };
}
