import { createReceiver, isWebhookError, type Provider } from '@countersign/core';
import type { Delivery } from '@countersign/testing';
import type { Sample } from '../../../providers/test/support/sample.ts';
import { type Confidant, NOW } from '../privacy/confidants.ts';
import type { Layout } from './layout.ts';
import { layouts } from './layouts.ts';
import { type NamedHeader, namedHeader } from './named-header.ts';
import { type Place, placeOf } from './place.ts';
import { placedFacts } from './placed-facts.ts';
import { listWriters, type VendorFact, vendorFacts } from './vendor-facts.ts';

export type Answer = 'accepted' | 'refused' | 'unreadable' | 'broken';

/** Who is attacked: takes a delivery, and says what became of it. */
export type Judge = (delivery: Delivery) => Promise<Answer>;

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

/** Where nothing but the payload was wrong: behind a good signature. */
const UNREADABLE = new Set(['ERR_WEBHOOK_PAYLOAD_INVALID', 'ERR_WEBHOOK_TYPE_MISSING']);

const headersOf = (headers: Delivery['headers']) => ({
  get: (name: string): string | null => {
    const lower = name.toLowerCase();
    return Object.hasOwn(headers, lower) ? (headers[lower] as string) : null;
  },
});

/** Headers as they are, so that what no runtime's own `Headers` takes comes through, too. */
function judgeOf(provider: Provider): Judge {
  const receiver = createReceiver(provider as never, { store: false, logger: false, now: () => NOW });
  return async (delivery) => {
    try {
      await receiver.verify({ ...delivery, headers: headersOf(delivery.headers) });
      return 'accepted';
    } catch (error) {
      if (!isWebhookError(error) || error.status >= 500) return 'broken';
      return UNREADABLE.has(error.code) ? 'unreadable' : 'refused';
    }
  };
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
  const made = provider();
  const header = made.rules.schemes
    .flatMap(({ grammar }) => grammar.header ?? [])
    .find((name) => genuine.headers[name] !== undefined);
  const { secret = '' } = confidential;
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
