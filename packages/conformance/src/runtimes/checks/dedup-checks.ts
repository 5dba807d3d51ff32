import { memoryStore, PermanentError, type Platform } from '@countersign/core';
import { toRequest } from '@countersign/testing';
import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';
import { DUPLICATE, endpoint, RECEIVED } from './endpoint.ts';

const LATER = '503 {"error":"retry_later"}';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What runs once, what runs again, and when the sender is told. */
export const dedupChecks: readonly Check[] = [
  {
    name: 'what comes again is a duplicate',
    async run() {
      const { deliver, send, runs } = endpoint();
      const delivery = await deliver();
      assertSame([await send(delivery), await send(delivery)], [RECEIVED, DUPLICATE], 'the answers');
      assertSame(runs.length, 1, 'runs');
    },
  },
  {
    name: 'of twenty copies at once one is handled, and the rest come again',
    async run() {
      let finish = () => {};
      const rest = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const { deliver, send, runs } = endpoint({}, () => rest);
      const delivery = await deliver();
      let answered = 0;
      const sent = Array.from({ length: 20 }, async () => {
        const answer = await send(delivery);
        // All but the one that waits for this.
        if (++answered === 19) finish();
        return answer;
      });
      assertSame((await Promise.all(sent)).sort(), [RECEIVED, ...Array(19).fill(LATER)], 'the answers');
      assertSame(runs.length, 1, 'runs');
    },
  },
  {
    name: 'copies that may wait are answered when the first is done',
    async run() {
      const { deliver, send, runs } = endpoint({ inFlight: { waitMs: 5000 } }, () => pause(100));
      const delivery = await deliver();
      const answers = await Promise.all([send(delivery), send(delivery), send(delivery)]);
      assertSame(answers.sort(), [DUPLICATE, DUPLICATE, RECEIVED].sort(), 'the answers');
      assertSame(runs.length, 1, 'runs');
    },
  },
  {
    name: 'a handler that throws gets the event again, as its second attempt',
    async run() {
      const { deliver, send, runs } = endpoint({}, ({ attempt }) => {
        if (attempt === 1) throw new Error('not yet');
      });
      const delivery = await deliver();
      const answers = [await send(delivery), await send(delivery), await send(delivery)];
      assertSame(answers, ['500 {"error":"handler_failed"}', RECEIVED, DUPLICATE], 'the answers');
      assertSame(
        runs.map(({ context }) => context.attempt),
        [1, 2],
        'attempts',
      );
    },
  },
  {
    name: 'PermanentError is acknowledged, and handed to the dead letters',
    async run() {
      const dead: unknown[] = [];
      const hooks = { onDeadLetter: ({ type }: { type: string }) => void dead.push(type) };
      const { deliver, send } = endpoint({ hooks }, () => {
        throw new PermanentError('never');
      });
      const delivery = await deliver();
      assertSame([await send(delivery), await send(delivery)], [RECEIVED, DUPLICATE], 'the answers');
      assertSame(dead, ['thing.happened'], 'dead letters');
    },
  },
  {
    name: 'the answer waits for the handler, and waitUntil gets only the hooks',
    async run() {
      const works: { readonly runs: number; readonly work: Promise<unknown> }[] = [];
      const done: string[] = [];
      const onAccepted = async (): Promise<void> => {
        await pause(50);
        done.push('hook');
      };
      const { deliver, receiver } = endpoint({ hooks: { onAccepted } }, async () => {
        await pause(50);
        done.push('handler');
      });
      const platform: Platform = {
        waitUntil: (work) => void works.push({ runs: done.length, work }),
      };
      await receiver.fetch(toRequest(await deliver()), { SOME: 'binding' }, platform);
      assertSame(done, ['handler'], 'done at the time of the answer');
      assertSame(
        works.map(({ runs }) => runs),
        [1],
        'handlers done when waitUntil was called',
      );
      await Promise.all(works.map(({ work }) => work));
      assertSame(done, ['handler', 'hook'], 'done in the end');
    },
  },
  {
    name: 'a store that is away has the sender come again',
    async run() {
      const store = {
        ...memoryStore(),
        claim: async () => {
          throw new Error('away');
        },
      };
      const { deliver, send, runs } = endpoint({ store });
      assertSame(await send(await deliver()), LATER, 'the answer');
      assertSame(runs.length, 0, 'runs');
    },
  },
];
