import { requestBytes } from '../../../../../testing/src/adapter-suite/raw-request.ts';
import { assertSame } from '../../checks/assert-same.ts';
import { DUPLICATE, LATER, RECEIVED } from '../answers.ts';
import { deliveryOf } from '../delivery-of.ts';
import { lineOf } from '../visitor.ts';
import type { Promises } from './promises.ts';

/** What comes again. */
export const repeats: Promises = {
  async 'a duplicate is acknowledged, and runs nothing'({ send, runs }) {
    const delivery = deliveryOf();
    assertSame([await send(delivery), await send(delivery)], [RECEIVED, DUPLICATE], 'the answers');
    assertSame((await runs(delivery.id)).length, 1, 'runs');
  },
  async 'copies of what is being handled come again'({ connect, send, runs, hold, release, until }) {
    await hold();
    const delivery = deliveryOf({ payload: { type: 'slow', waits: true } });
    const connection = await connect();
    await connection.write(requestBytes(delivery));
    await until((ledger) => ledger.runs.some(({ id }) => id === delivery.id), 'the handler to run');
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(delivery)));
    assertSame(answers, Array(10).fill(LATER), 'the answers to copies');
    await release();
    assertSame(lineOf(await connection.response()), RECEIVED, 'the answer to the first');
    connection.close();
    assertSame(await send(delivery), DUPLICATE, 'the answer to one that comes later');
    assertSame((await runs(delivery.id)).length, 1, 'runs');
  },
  async 'of ten copies at once one is handled'({ send, runs }) {
    const delivery = deliveryOf();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(delivery)));
    assertSame(answers.filter((answer) => answer === RECEIVED).length, 1, 'copies that were handled');
    const others = answers.filter((answer) => answer !== LATER && answer !== DUPLICATE);
    assertSame(others, [RECEIVED], 'answers that are neither of a duplicate, nor to come again');
    assertSame((await runs(delivery.id)).length, 1, 'runs');
  },
  async 'a handler that throws gets the event again'({ send, runs }) {
    const delivery = deliveryOf({ payload: { type: 'hard', fails: 1 } });
    const answers = [await send(delivery), await send(delivery), await send(delivery)];
    assertSame(answers, ['500 {"error":"handler_failed"}', RECEIVED, DUPLICATE], 'the answers');
    assertSame(
      (await runs(delivery.id)).map(({ attempt, done }) => [attempt, done]),
      [
        [1, false],
        [2, true],
      ],
      'runs',
    );
  },
  async 'a route of the app settles by what it answers'({ send }) {
    const refused = deliveryOf({ to: 'route', payload: { type: 'a', status: 503 } });
    assertSame(
      [await send(refused), await send(refused)],
      Array(2).fill(`503 ${refused.id}`),
      'a route that fails',
    );
    const delivery = deliveryOf({ to: 'route' });
    assertSame(
      [await send(delivery), await send(delivery)],
      [`200 ${delivery.id}`, DUPLICATE],
      'one that does not',
    );
  },
};
