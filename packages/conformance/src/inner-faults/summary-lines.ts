/** One line of the summary: faults that all end alike. */
export interface SummaryLine {
  readonly what: string;
  readonly how: string;
  /** Of these parts … */
  readonly parts: readonly string[];
  /** … these faults: kinds, or kinds with what is thrown or answered. */
  readonly faults: readonly string[];
}

const THROWN = ['throws: an Error', 'rejects: an Error', 'throws: undefined', 'throws: a Proxy that throws'];
const ENDLESS = ['hangs', 'rejects late: an Error'];
const NONSENSE = ['answers: NaN', 'promises: a huge object', 'answers: an object of another shape'];

/** What of all the faults a user has to know: a test holds every line against the rows. */
export const summaryLines: readonly SummaryLine[] = [
  {
    what: '`now`, `dedupKey`, `tenant`, `publicUrl`, a schema, a handshake, a signature scheme or a body decoder of your own',
    how: 'throws, hangs for longer than `timeout`, or answers what it must not',
    parts: [
      'the clock',
      'dedupKey',
      'tenant',
      'publicUrl',
      'a schema',
      'a handshake, by the request',
      'a handshake, by the body',
      'a handshake, by the event',
      'a scheme of your own: its content',
      'a scheme of your own: its key',
      'the body decoder',
    ],
    faults: [...THROWN, ...ENDLESS, ...NONSENSE],
  },
  {
    what: 'the secret resolver',
    how: 'the same',
    parts: ['the secret resolver'],
    faults: [...THROWN, ...ENDLESS, 'answers: NaN', 'promises: a huge object'],
  },
  {
    what: '',
    how: 'knows no secret: `undefined`, `[]`',
    parts: ['the secret resolver'],
    faults: ['answers: undefined', 'promises: an empty list'],
  },
  {
    what: 'a payload parser of your own',
    how: 'throws',
    parts: ['the payload parser'],
    faults: THROWN,
  },
  { what: '', how: 'hangs for longer than `timeout`', parts: ['the payload parser'], faults: ENDLESS },
  {
    what: 'the body',
    how: 'breaks off, or hangs for longer than `timeout`',
    parts: ['the body while it is read'],
    faults: [...THROWN, ...ENDLESS],
  },
  {
    what: 'the store: `claim`',
    how: 'throws, hangs for longer than `deadline`, answers nonsense, or does it and loses the answer',
    parts: ['claim', 'claim, of the second key'],
    faults: [...THROWN, ...ENDLESS, ...NONSENSE, 'acts, then throws: an Error', 'acts late'],
  },
  {
    what: '',
    how: "the same, under `onStoreError: 'process'`",
    parts: ["claim, under onStoreError 'process'"],
    faults: [...THROWN, ...ENDLESS, ...NONSENSE, 'acts, then throws: an Error', 'acts late'],
  },
  {
    what: 'the store: `complete`',
    how: 'the same: it is asked again in the background, for 6 s',
    parts: ['complete', 'complete, of the second key', 'complete, of an item'],
    faults: [...THROWN, ...ENDLESS, ...NONSENSE, 'acts, then throws: an Error', 'acts late'],
  },
  {
    what: '',
    how: 'and fails there too',
    parts: ['complete, every time'],
    faults: ['rejects: an Error', 'hangs'],
  },
  {
    what: '',
    how: 'says that another attempt has it',
    parts: ['complete'],
    faults: ['promises: false'],
  },
  {
    what: 'the store: `extend`',
    how: 'fails at a beat, or at all of them',
    parts: ['extend, at one beat', 'extend, at every beat', 'extend, before it is given up'],
    faults: [...THROWN, ...ENDLESS, ...NONSENSE],
  },
  {
    what: '',
    how: 'says that another attempt has it',
    parts: ['extend, at one beat', 'extend, at every beat'],
    faults: ['promises: false'],
  },
  {
    what: 'the store: `release`, after a handler that threw',
    how: 'fails',
    parts: ['release', 'release, of an item'],
    faults: [...THROWN, ...ENDLESS, ...NONSENSE],
  },
  {
    what: 'a transaction: its begin, `take`, `keep`, or the commit',
    how: 'fails',
    parts: ['transaction', 'take', 'take, of the second key', 'tx', 'commit', 'keep'],
    faults: THROWN,
  },
  {
    what: '',
    how: 'is committed, and the answer is lost',
    parts: ['commit, after it is done'],
    faults: THROWN,
  },
  {
    what: 'a handler, `enqueue` (503), the quarantine',
    how: 'throws, whatever it throws',
    parts: ['the handler', 'the quarantine'],
    faults: THROWN,
  },
  {
    what: '',
    how: 'hangs for longer than `maxRun`',
    parts: ['the handler', 'the quarantine'],
    faults: ENDLESS,
  },
  {
    what: '',
    how: 'returns anything at all',
    parts: ['the handler', 'the quarantine'],
    faults: NONSENSE,
  },
  {
    what: '',
    how: 'returns a `reply()` that was changed into what cannot be sent',
    parts: ['an answer by reply()'],
    faults: NONSENSE,
  },
  {
    what: 'a hook, the logger, `waitUntil`',
    how: 'throws, hangs, answers nonsense',
    parts: [
      'onAccepted',
      'onRejected',
      'onFailed',
      'onDuplicate',
      'onInFlight',
      'onHandshake',
      'onFingerprintMismatch',
      'onMissingId',
      'onReplay',
      'the logger, of a rejection',
      'the logger, of a failure',
      'the clock, when a rejection is noted',
      'waitUntil',
    ],
    faults: [...THROWN, ...ENDLESS, ...NONSENSE],
  },
  {
    what: '`onDeadLetter`',
    how: 'throws',
    parts: ['onDeadLetter'],
    faults: [...THROWN, ...NONSENSE],
  },
  { what: '', how: 'hangs for longer than `maxRun`', parts: ['onDeadLetter'], faults: ENDLESS },
];
