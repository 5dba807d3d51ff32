import { json } from '@countersign/core';
import type { Delivery } from '@countersign/testing';
import { requestOf } from '../privacy/request-of.ts';
import type { Endpoint, Seen } from './build-endpoint.ts';
import { HANDLED } from './names.ts';
import { type Reading, readingOf } from './reading.ts';
import type { Subject } from './subjects.ts';
import type { Told } from './ways.ts';

/** What came to one endpoint before. */
export interface Past {
  /** Dedup key → the id it stands for, or the body where there is none. */
  readonly keys: Map<string, string>;
  readonly done: Set<string>;
}

export const newPast = (): Past => ({ keys: new Map(), done: new Set() });

/** Sign the Content-Type as well: without it, theirs is a bad signature. */
const SIGN_TYPE = new Set(['sinch-voice', 'http-message-signatures']);

/** The signature, or what it covers, is read from what is sent: a hostile body is a bad signature there. */
const isBodyRead = ({ provider }: Subject): boolean =>
  // Its scheme compares the recipient that the body names.
  provider.name === 'adobe-io' ||
  provider.rules.readsPayload ||
  provider.rules.timestamp.some(({ source }) => 'payload' in source) ||
  provider.rules.schemes.some(
    ({ covers, algorithm, kind }) => covers.includes('id') || (algorithm === undefined && kind === 'custom'),
  );

function isParsed(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(body));
    return true;
  } catch {
    return false;
  }
}

const differs = (reading: Reading, text: string | undefined): boolean =>
  reading !== 'unknown' && reading.text !== text;

const isOk = ({ status }: Told): boolean => status >= 200 && status < 300;

const own = (type: string): boolean => HANDLED.includes(type);

/** What its identity is, as far as anyone outside can tell. */
const identityOf = ({ id }: { readonly id: string | undefined }, body: Uint8Array): string =>
  id ? `id ${JSON.stringify(id)}` : `body ${Buffer.from(body).toString('latin1')}`;

function judgeKey({ key, event }: Seen, body: Uint8Array, past: Past): string[] {
  if (key === undefined || event === undefined) return [];
  const identity = identityOf(event, body);
  const before = past.keys.get(key) ?? identity;
  past.keys.set(key, before);
  return before === identity ? [] : ['two ids share a dedup key'];
}

function judgeEvent(
  subject: Subject,
  delivery: Delivery,
  { event, ran, outcome }: Seen,
  { takesAll }: Endpoint,
): string[] {
  if (event === undefined) return [];
  const { provider } = subject;
  const request = requestOf(delivery);
  const found: string[] = [];
  const type = readingOf(provider.type, request, event.payload);
  if (differs(readingOf(provider.rules.id, request, event.payload), event.id))
    found.push('the id is not the one that was sent');
  if (type !== 'unknown' && (type.text ?? '') !== event.type)
    found.push('the type is not the one that was sent');
  if (outcome === 'accepted') {
    const expected = own(event.type) ? [event.type] : takesAll ? ['*'] : [];
    if (ran.join() !== expected.join()) found.push('another handler ran than the type names');
  }
  return found;
}

/** What is wrong with what became of a signed delivery; nothing, it is hoped. */
export function judge(
  subject: Subject,
  endpoint: Endpoint,
  delivery: Delivery,
  told: Told,
  seen: Seen,
  past: Past,
): readonly string[] {
  const { body } = delivery;
  const found = [...judgeKey(seen, body, past), ...judgeEvent(subject, delivery, seen, endpoint)];
  const { ran, outcome, code = '', event } = seen;
  const wrong = (is: boolean, what: string): void => void (is && found.push(what));
  const polluted = Object.keys(Object.prototype).concat(Object.keys(Array.prototype));
  wrong(polluted.length > 0, 'a prototype is polluted');
  for (const key of polluted) {
    Reflect.deleteProperty(Object.prototype, key);
    Reflect.deleteProperty(Array.prototype, key);
  }
  wrong(told.status >= 500 || told.status < 200, `told ${told.status}`);
  wrong(ran.length > 1, 'more than one handler ran');
  wrong(!isOk(told) && ran.length > 0, 'refused, and a handler ran');
  wrong(outcome === undefined, 'nobody was told what became of it');
  wrong(
    isOk(told) && !['accepted', 'duplicate', 'handshake'].includes(outcome ?? ''),
    'told 2xx for what was not accepted',
  );
  wrong(!isOk(told) && (outcome === 'accepted' || outcome === 'duplicate'), 'accepted, and not told so');
  if (event !== undefined && outcome === 'duplicate') {
    wrong(!past.done.has(identityOf(event, body)), 'a duplicate of nothing');
  }
  if (event !== undefined && outcome === 'accepted') past.done.add(identityOf(event, body));
  const isRefusable =
    isBodyRead(subject) ||
    (SIGN_TYPE.has(subject.provider.name) && delivery.headers['content-type'] === undefined);
  const isTooLarge = body.length > subject.provider.limit;
  wrong(
    outcome === 'rejected' && told.status === 401 && !isRefusable,
    `a good signature is refused: ${code}`,
  );
  if (subject.provider.rules.payload === json && !isRefusable && outcome !== 'handshake' && !isTooLarge) {
    const isRefused = code === 'ERR_WEBHOOK_PAYLOAD_INVALID' && told.status === 400;
    wrong(isRefused === isParsed(body), isRefused ? 'JSON is refused' : `no JSON, and told ${told.status}`);
  }
  return found;
}
