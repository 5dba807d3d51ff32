import { PermanentError, reply, type StandardSchemaV1 } from '@countersign/core';
import { pause } from './pause.ts';
import type { Ending, Run, Story } from './story.ts';

const handled: Ending = { told: 'accepted', effects: 1, again: 'no' };
const repeated: Ending = { told: 'duplicate', effects: 1, again: 'no' };
const failed: Ending = { told: 'ERR_WEBHOOK_HANDLER_FAILED', effects: 0, again: 'at once' };

const remembered = { final: 'duplicate', unremembered: 'accepted' } as const;

const refusing: StandardSchemaV1 = {
  '~standard': { version: 1, vendor: 'faults', validate: () => ({ issues: [{ message: 'no' }] }) },
};

/** ms of a heartbeat, and of a handler in which there are two of them. */
const BEAT = 300;
const LONG = { lease: 3 * BEAT, maxRun: 10 * BEAT };

/** Begins to handle a delivery, and does not end before somebody has seen it. */
const unseen: Story['before'] = ({ come, begun }, id) => {
  void come({ id });
  return begun;
};

const held = async ({ seen, effect }: Run): Promise<void> => {
  await seen;
  await effect();
};

export const stories = {
  new: { title: 'a new delivery', usual: handled, ...remembered, isOfGate: true },
  guarded: {
    title: 'a delivery with two keys',
    usual: handled,
    ...remembered,
    options: { replayGuard: 'reject' },
  },
  long: {
    title: 'a handler that outlasts two beats',
    usual: handled,
    ...remembered,
    isOfGate: true,
    options: LONG,
    async work({ effect }) {
      await pause(2.5 * BEAT);
      await effect();
    },
  },
  replying: {
    title: 'a handler that replies',
    usual: handled,
    ...remembered,
    async work({ effect }) {
      await effect();
      return reply({ body: { received: true } });
    },
  },
  batch: {
    title: 'a batch',
    usual: handled,
    ...remembered,
    isOfGate: true,
    work: ({ effect, context }) => context?.once('item', effect),
  },
  brokenBatch: {
    title: 'a batch whose item fails once',
    usual: failed,
    ...remembered,
    isOfGate: true,
    work: ({ effect, context, number }) =>
      context?.once('item', () => {
        if (number === 1) throw new Error('not yet');
        return effect();
      }),
  },
  failing: {
    title: 'a handler that fails once',
    usual: failed,
    ...remembered,
    isOfGate: true,
    async work({ effect, number }) {
      if (number === 1) throw new Error('not yet');
      await effect();
    },
  },
  permanent: {
    title: 'a handler that gives up',
    usual: { told: 'ERR_WEBHOOK_PERMANENT', effects: 0, again: 'no' },
    final: 'duplicate',
    unremembered: 'ERR_WEBHOOK_PERMANENT',
    isOfGate: true,
    work() {
      throw new PermanentError('no such order');
    },
  },
  quarantined: {
    title: 'a payload that its schema refuses',
    usual: handled,
    ...remembered,
    options: { schemas: { ping: refusing } },
  },
  forged: {
    title: 'a forged delivery',
    usual: { told: 'ERR_WEBHOOK_SIGNATURE_MISMATCH', effects: 0, again: 'no' },
    final: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    spec: { isForged: true },
  },
  anonymous: {
    title: 'a delivery without an id',
    usual: handled,
    ...remembered,
    spec: { isAnonymous: true },
  },
  question: {
    title: 'a handshake',
    usual: { told: 'handshake', effects: 0, again: 'no' },
    final: 'handshake',
    spec: { headers: { 'x-handshake': 'ping' } },
  },
  duplicate: {
    title: 'a duplicate',
    usual: repeated,
    ...remembered,
    before: ({ come }, id) => come({ id }),
  },
  inFlight: {
    title: 'a duplicate of what runs',
    usual: { told: 'in-flight', effects: 0, again: 'no' },
    ...remembered,
    options: LONG,
    before: unseen,
    work: held,
  },
  waiting: {
    title: 'a duplicate that waits for the end of what runs',
    usual: { told: 'in-flight', effects: 0, again: 'no' },
    final: 'duplicate',
    options: { ...LONG, inFlight: { waitMs: 100 } },
    before: unseen,
    work: held,
  },
  reckless: {
    title: 'a delivery that goes on without its store',
    usual: handled,
    ...remembered,
    options: { onStoreError: 'process' },
  },
  altered: {
    title: 'another body under an id that is done',
    usual: repeated,
    ...remembered,
    spec: { content: 'altered' },
    before: ({ come }, id) => come({ id, content: 'as it was' }),
  },
  replayed: {
    title: 'signed content under a new id',
    usual: handled,
    ...remembered,
    spec: { content: 'replayed' },
    options: { replayGuard: 'report' },
    before: ({ come }, id) => come({ id: `${id}-before`, content: 'replayed' }),
  },
  replayRefused: {
    title: 'signed content under a new id, which is refused',
    usual: { told: 'duplicate', effects: 0, again: 'no' },
    ...remembered,
    spec: { content: 'replayed' },
    options: { replayGuard: 'reject' },
    before: ({ come }, id) => come({ id: `${id}-before`, content: 'replayed' }),
  },
} as const satisfies Record<string, Story>;
