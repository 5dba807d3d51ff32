import { textResponse } from '@countersign/core';
import { NOW } from '../delivery.ts';
import type { Setup } from '../setup.ts';
import { stories } from '../stories.ts';
import type { Strike } from '../strike.ts';
import { group, NOW_OR_LATER, type Part, telling } from './part.ts';

const hook =
  (name: string) =>
  (strike: Strike): Setup => ({ options: { hooks: { [name]: strike(() => {}) } } });

const logger =
  (level: 'warn' | 'error') =>
  (strike: Strike): Setup => ({ options: { logger: { warn() {}, error() {}, [level]: strike(() => {}) } } });

/** What asks by a header, and is answered. */
const questions = {
  record: {
    handshakes: [
      {
        name: 'ping',
        stage: 'request',
        methods: ['POST'],
        answer: ({ request }) => (request.headers.get('x-handshake') ? textResponse('pong') : undefined),
      },
    ],
  },
} as const satisfies Setup;

/** Whoever is told of nothing keeps no platform waiting. */
const heard: Setup = { options: { hooks: { onAccepted() {} } } };

export const tellingParts: readonly Part[] = telling([
  { name: 'onAccepted', install: hook('onAccepted') },
  { name: 'onRejected', story: stories.forged, install: hook('onRejected') },
  {
    name: 'onFailed',
    story: stories.failing,
    ways: ['receive', 'handle', 'fetch'],
    install: hook('onFailed'),
  },
  {
    name: 'onDuplicate',
    story: stories.duplicate,
    modes: ['lease', 'transaction', 'deferred'],
    ways: ['receive', 'handle', 'fetch'],
    install: hook('onDuplicate'),
  },
  {
    name: 'onInFlight',
    story: stories.inFlight,
    modes: ['lease', 'transaction', 'deferred'],
    ways: ['receive', 'handle', 'fetch'],
    install: hook('onInFlight'),
  },
  {
    name: 'onHandshake',
    story: stories.question,
    install: (strike) => ({ ...hook('onHandshake')(strike), ...questions }),
  },
  {
    name: 'onDeadLetter',
    story: stories.permanent,
    ways: ['receive', 'handle', 'fetch'],
    install: hook('onDeadLetter'),
  },
  {
    name: 'onFingerprintMismatch',
    story: stories.altered,
    modes: ['lease', 'transaction', 'deferred'],
    ways: ['receive', 'handle', 'fetch'],
    install: hook('onFingerprintMismatch'),
  },
  { name: 'onMissingId', story: stories.anonymous, install: hook('onMissingId') },
  {
    name: 'onReplay',
    story: stories.replayed,
    modes: ['lease', 'transaction', 'deferred'],
    ways: ['receive', 'handle', 'fetch'],
    install: hook('onReplay'),
  },
  { name: 'the logger, of a rejection', story: stories.forged, install: logger('warn') },
  {
    name: 'the logger, of a failure',
    story: stories.failing,
    ways: ['receive', 'handle', 'fetch'],
    install: logger('error'),
  },
  {
    name: 'the clock, when a rejection is noted',
    story: stories.forged,
    install: (strike) => ({ options: { now: strike(() => NOW, 2) } }),
  },
  {
    name: 'waitUntil',
    install: (strike) => ({ ...heard, platform: { waitUntil: strike(() => {}) } }),
  },
  {
    name: 'the platform',
    kinds: ['throws', 'answers'],
    install: (strike) => ({
      ...heard,
      platform: Object.defineProperty({}, 'waitUntil', { get: strike(() => undefined) }),
    }),
  },
]);

/** What only a gate tells. */
export const gateParts: readonly Part[] = group({
  story: stories.new,
  kinds: NOW_OR_LATER,
  ways: ['gate'],
  modes: ['lease'],
})([
  {
    name: 'onRejected, of a gate',
    story: stories.permanent,
    modes: ['lease', 'transaction'],
    install: hook('onDeadLetter'),
  },
  {
    name: 'onTrouble, of a gate',
    story: stories.failing,
    modes: ['lease'],
    install: (strike) => ({
      onTrouble: strike(() => {}),
      store: (store) => ({ ...store, release: () => Promise.reject(new Error('no')) }),
    }),
  },
]);
