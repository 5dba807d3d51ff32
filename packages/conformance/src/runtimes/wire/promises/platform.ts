import { requestBytes } from '../../../../../testing/src/adapter-suite/raw-request.ts';
import { assertSame } from '../../checks/assert-same.ts';
import { DUPLICATE, LATER, RECEIVED } from '../answers.ts';
import { deliveryOf } from '../delivery-of.ts';
import type { Promises } from './promises.ts';

/** What the platform does around a handler. */
export const platform: Promises = {
  async 'the handler is at its end before the answer, and waitUntil gets only the hooks'(visitor) {
    const { send, ledger, hold, release, until } = visitor;
    await hold();
    const delivery = deliveryOf({ payload: { type: 'slow', takes: 300 } });
    const before = (await ledger()).waits.length;
    assertSame(await send(delivery), RECEIVED, 'the answer');
    const { runs, hooks, waits, hasWaitUntil } = await ledger();
    const own = runs.filter(({ id }) => id === delivery.id).map(({ done }) => done);
    assertSame(own, [true], 'handlers at their end when the answer was there');
    assertSame(hooks.includes(delivery.id), false, 'a hook at its end when the answer was there');
    const calls = waits.slice(before);
    assertSame(calls.length, hasWaitUntil ? 1 : 0, 'calls of waitUntil');
    assertSame(
      calls.flat().includes(delivery.id),
      false,
      'a handler not at its end when waitUntil was called',
    );
    await release();
    await until((later) => later.hooks.includes(delivery.id), 'the hook, which goes on after the answer');
  },
  async 'a sender that hangs up while its delivery is handled loses nothing'(visitor) {
    const { connect, send, runs, hold, release, until } = visitor;
    await hold();
    const delivery = deliveryOf({ payload: { type: 'slow', waits: true } });
    const connection = await connect();
    await connection.write(requestBytes(delivery));
    await until((ledger) => ledger.runs.some(({ id }) => id === delivery.id), 'the handler to run');
    connection.abort();
    await release();
    // Some platforms go on, others end the handler: then the lease runs out, and the next attempt takes over.
    let answer = await send(delivery);
    for (let again = 0; answer === LATER && again < 100; again++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer = await send(delivery);
    }
    const attempts = await runs(delivery.id);
    assertSame(
      [RECEIVED, DUPLICATE].includes(answer),
      true,
      `the answer in the end, ${answer}, is one of success`,
    );
    assertSame(attempts.at(-1)?.done, true, 'the last attempt is at its end');
    assertSame(attempts.filter(({ done }) => done).length, 1, 'attempts at their end');
  },
};
