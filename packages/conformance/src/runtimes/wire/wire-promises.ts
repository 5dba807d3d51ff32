import { assertSame } from '../checks/assert-same.ts';
import { RECEIVED } from './answers.ts';
import { deliveryOf } from './delivery-of.ts';
import { addresses } from './promises/addresses.ts';
import { bodies } from './promises/bodies.ts';
import { deliveries } from './promises/deliveries.ts';
import { platform } from './promises/platform.ts';
import type { Promises } from './promises/promises.ts';
import { repeats } from './promises/repeats.ts';

/** Last, after all that went before it. */
const theEnd: Promises = {
  async 'after all that the server is there, and nothing went uncaught'({ isThere, output, send }) {
    assertSame(await send(deliveryOf()), RECEIVED, 'the answer');
    const said = output();
    if (!isThere() || /error|exception|uncaught|unhandled/i.test(said)) throw new Error(`it said: ${said}`);
  },
};

/** In this order, on one server. */
export const wirePromises: Promises = {
  ...deliveries,
  ...addresses,
  ...repeats,
  ...bodies,
  ...platform,
  ...theEnd,
};
