import type { Kind } from './misbehaviours.ts';
import type { Ending } from './story.ts';

/** A kind of failing, or a kind with what is thrown or answered. */
type How = Kind | `${Kind}: ${string}`;

/** What is expected of faults. Of the rows of a part, the first that fits counts. */
export interface FaultRow {
  readonly parts: readonly string[];
  /** Default: however it fails. */
  readonly how?: readonly How[];
  /** `as usual`: nothing is different from the story without a fault. */
  readonly ends: Ending | 'as usual';
}

const each = (kinds: readonly Kind[], ...whats: readonly string[]): How[] =>
  kinds.flatMap((kind) => whats.map((what): How => `${kind}: ${what}`));

const ANSWERS = ['answers', 'promises'] as const;
const ENDLESS = ['hangs', 'rejects late'] as const;
const DONE = ['acts, then throws', 'acts, then hangs'] as const;

/** Told so, and nothing was done. */
const told = (
  code: Ending['told'],
  again: Ending['again'] = 'at once',
  effects: Ending['effects'] = 0,
): Ending => ({ told: code, effects, again });

const internal = told('ERR_WEBHOOK_INTERNAL');
const mismatch = told('ERR_WEBHOOK_SIGNATURE_MISMATCH');
const unavailable = told('ERR_WEBHOOK_STORE_UNAVAILABLE');
const failed = told('ERR_WEBHOOK_HANDLER_FAILED');
const stuck = told('ERR_WEBHOOK_HANDLER_FAILED', 'after the lease');
const lost = told('ERR_WEBHOOK_LEASE_LOST', 'after the lease');

/** What cannot even be awaited is as good as thrown. */
const POISON = each(ANSWERS, 'a thenable that throws', 'a Proxy that throws');

const checking: readonly FaultRow[] = [
  // A wrong time, but a time.
  { parts: ['the clock'], how: each(['answers'], '-1'), ends: told('ERR_WEBHOOK_TIMESTAMP_TOO_NEW') },
  {
    parts: ['the secret resolver'],
    how: each(ANSWERS, 'undefined', 'null', 'an empty list', 'a text', 'an object of another shape'),
    ends: mismatch,
  },
  { parts: ['the secret resolver'], ends: told('ERR_WEBHOOK_SECRET_UNAVAILABLE') },
  {
    parts: ['a scheme of your own: its content'],
    how: each(ANSWERS, 'an empty list', 'an empty text', 'a text'),
    ends: mismatch,
  },
  { parts: ['a scheme of your own: its key'], how: each(ANSWERS, 'false'), ends: mismatch },
  { parts: ['a scheme of your own: its key'], how: each(ANSWERS, 'true'), ends: 'as usual' },
  { parts: ['publicUrl'], how: each(['answers'], 'an empty text', 'a text'), ends: mismatch },
  { parts: ['the payload parser'], how: ENDLESS, ends: internal },
  {
    parts: ['the payload parser'],
    how: ['throws', 'rejects', ...POISON],
    ends: told('ERR_WEBHOOK_PAYLOAD_INVALID'),
  },
  { parts: ['the payload parser, before the signature'], how: ENDLESS, ends: internal },
  { parts: ['the payload parser', 'the payload parser, before the signature'], ends: 'as usual' },
  {
    parts: ['the body decoder'],
    how: each(['answers'], 'undefined'),
    ends: told('ERR_WEBHOOK_BODY_ENCODING'),
  },
  {
    parts: ['a handshake, by the request', 'a handshake, by the body', 'a handshake, by the event'],
    how: each(ANSWERS, 'undefined'),
    ends: 'as usual',
  },
  { parts: ['dedupKey'], how: each(['answers'], 'undefined', 'null', 'an empty text'), ends: 'as usual' },
  { parts: ['tenant'], how: each(['answers'], 'an empty text'), ends: 'as usual' },
  // Another key than the one that it comes under again.
  { parts: ['dedupKey', 'tenant'], how: each(['answers'], 'a text'), ends: told('accepted', 'at once', 1) },
  {
    parts: [
      'the clock',
      'a scheme of your own: its content',
      'a scheme of your own: its key',
      'publicUrl',
      'the body decoder',
      'a handshake, by the request',
      'a handshake, by the body',
      'a handshake, by the event',
      'a schema',
      'dedupKey',
      'tenant',
    ],
    ends: internal,
  },
];

const requests: readonly FaultRow[] = [
  {
    parts: ['the headers of the request'],
    how: each(['answers'], 'undefined', 'null'),
    ends: told('ERR_WEBHOOK_SIGNATURE_MISSING'),
  },
  {
    parts: ['the headers of the request'],
    how: each(['answers'], 'an empty text'),
    ends: told('ERR_WEBHOOK_SIGNATURE_MALFORMED'),
  },
  {
    parts: ['the headers of the request'],
    how: each(['answers'], 'a text'),
    ends: told('ERR_WEBHOOK_BODY_ENCODING'),
  },
  { parts: ['the method of the request'], how: ['answers'], ends: told('ERR_WEBHOOK_METHOD') },
  { parts: ['the url of the request'], how: each(['answers'], 'an empty text', 'a text'), ends: mismatch },
  { parts: ['the body of the request'], how: each(['answers'], 'null'), ends: mismatch },
  { parts: ['the body while it is read'], how: ENDLESS, ends: told('ERR_WEBHOOK_BODY_TIMEOUT') },
  {
    parts: ['the body while it is read'],
    how: [
      'throws',
      'rejects',
      ...POISON,
      ...each(ANSWERS, 'undefined', 'null', 'an object whose fields cannot be read'),
    ],
    ends: told('ERR_WEBHOOK_BODY_ABORTED'),
  },
  {
    parts: ['the body while it is read'],
    how: each(ANSWERS, 'an object of another shape'),
    ends: 'as usual',
  },
  { parts: ['the body while it is read'], ends: told('ERR_WEBHOOK_BODY_CONSUMED') },
  {
    parts: [
      'the headers of the request',
      'the method of the request',
      'the url of the request',
      'the body of the request',
    ],
    ends: internal,
  },
];

const ours = 'one of our own errors, of 200';
const permanent = told('ERR_WEBHOOK_PERMANENT', 'no');

const leases: readonly FaultRow[] = [
  // Whoever throws one of ours through a handler has said so.
  {
    parts: ['claim, of an item', 'take, of an item'],
    how: each(['throws', 'rejects', 'acts, then throws'], ours),
    ends: permanent,
  },
  {
    parts: ['complete', 'complete, every time'],
    how: each(ANSWERS, 'false'),
    ends: told('ERR_WEBHOOK_LEASE_LOST', 'after the lease', 1),
  },
  // A store that says so and does not do it.
  {
    parts: ['complete'],
    how: each(ANSWERS, 'true'),
    ends: told('accepted', 'after the lease', 1),
  },
  { parts: ['complete, every time'], how: [...DONE, 'acts late'], ends: 'as usual' },
  { parts: ['complete, every time'], ends: told('accepted', 'after the lease', 1) },
  {
    parts: ['complete, of what is given up', 'extend, before it is given up'],
    how: each(ANSWERS, 'false'),
    ends: lost,
  },
  {
    parts: ['complete, of what is given up'],
    how: each(ANSWERS, 'true'),
    ends: told('ERR_WEBHOOK_PERMANENT', 'after the lease'),
  },
  { parts: ['release', 'release, of an item'], how: [...DONE, 'acts late'], ends: 'as usual' },
  { parts: ['release', 'release, of an item'], ends: stuck },
  { parts: ['extend, at one beat', 'extend, at every beat'], how: each(ANSWERS, 'false'), ends: lost },
  { parts: ['claim, of an item'], ends: failed },
  {
    parts: ['complete, of an item'],
    how: each(ANSWERS, 'false'),
    ends: told('ERR_WEBHOOK_HANDLER_FAILED', 'after the lease', 1),
  },
  // Long ago: what is claimed then has expired when it is completed.
  {
    parts: ["the memory store's clock"],
    how: each(['answers'], '-1'),
    ends: told('ERR_WEBHOOK_LEASE_LOST', 'at once', 1),
  },
  { parts: ['claim, of one that waits'], ends: told('ERR_WEBHOOK_STORE_UNAVAILABLE', 'no') },
  // Handled, and remembered by nobody.
  { parts: ["claim, under onStoreError 'process'"], ends: told('accepted', 'at once', 1) },
  { parts: ['claim', 'claim, of the second key', "the memory store's clock"], ends: unavailable },
  {
    parts: [
      'complete',
      'complete, of the second key',
      'complete, of what is given up',
      'complete, of an item',
      'extend, at one beat',
      'extend, at every beat',
      'extend, before it is given up',
      "the memory store's onEvict",
    ],
    ends: 'as usual',
  },
];

const committed = told('ERR_WEBHOOK_STORE_UNAVAILABLE', 'no', 1);

const transactions: readonly FaultRow[] = [
  { parts: ['transaction'], how: DONE, ends: committed },
  { parts: ['commit, after it is done'], ends: committed },
  { parts: ['commit'], how: ['acts late'], ends: told('ERR_WEBHOOK_STORE_UNAVAILABLE', 'no') },
  { parts: ['take, of an item'], ends: failed },
  { parts: ['drop'], how: POISON, ends: told('ERR_WEBHOOK_STORE_UNAVAILABLE', 'no') },
  { parts: ['keep'], how: POISON, ends: unavailable },
  { parts: ['drop', 'keep'], how: ANSWERS, ends: 'as usual' },
  { parts: ['drop'], ends: told('ERR_WEBHOOK_STORE_UNAVAILABLE', 'no') },
  { parts: ['reject'], how: each(ANSWERS, 'false'), ends: told('ERR_WEBHOOK_LEASE_LOST') },
  { parts: ['reject'], how: each(ANSWERS, 'true'), ends: told('ERR_WEBHOOK_PERMANENT', 'at once') },
  { parts: ['reject'], how: DONE, ends: told('ERR_WEBHOOK_STORE_UNAVAILABLE', 'no') },
  { parts: ['drop, of an item', 'fail'], ends: 'as usual' },
  {
    parts: ['transaction', 'take', 'take, of the second key', 'keep', 'tx', 'commit', 'reject'],
    ends: unavailable,
  },
];

const HANDLERS = ['the handler', 'the quarantine', 'the quarantine, in a transaction'];

const works: readonly FaultRow[] = [
  { parts: HANDLERS, how: each(['throws', 'rejects'], ours), ends: permanent },
  {
    parts: HANDLERS,
    how: each(['acts, then throws'], ours),
    ends: { ...permanent, effects: 1 },
  },
  { parts: HANDLERS, how: ['throws', 'rejects', ...POISON], ends: failed },
  { parts: HANDLERS, how: ['acts, then throws'], ends: { ...failed, effects: 1 } },
  { parts: HANDLERS, how: ['acts, then hangs'], ends: { ...lost, effects: 1 } },
  { parts: HANDLERS, how: [...ENDLESS, 'acts late'], ends: lost },
  // It returned, and what it returns is nobody's business.
  { parts: HANDLERS, ends: told('accepted', 'no') },
  { parts: ['an answer by reply()'], ends: { ...failed, effects: 1 } },
];

const tellings: readonly FaultRow[] = [
  { parts: ['onDeadLetter', 'onRejected, of a gate'], how: ENDLESS, ends: lost },
  { parts: ['onRejected, of a gate'], how: ['throws', 'rejects', ...POISON], ends: failed },
  { parts: ['onTrouble, of a gate'], ends: stuck },
  {
    parts: [
      'onAccepted',
      'onRejected',
      'onFailed',
      'onDuplicate',
      'onInFlight',
      'onHandshake',
      'onDeadLetter',
      'onFingerprintMismatch',
      'onMissingId',
      'onReplay',
      'onRejected, of a gate',
      'the logger, of a rejection',
      'the logger, of a failure',
      'the clock, when a rejection is noted',
      'waitUntil',
      'the platform',
    ],
    ends: 'as usual',
  },
];

export const faultRows: readonly FaultRow[] = [
  ...checking,
  ...requests,
  ...leases,
  ...transactions,
  ...works,
  ...tellings,
];
