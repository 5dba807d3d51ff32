import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';
import { endpoint, RECEIVED } from './endpoint.ts';

/** Which of the two crypto back ends a runtime, and its conditions, are to end up with. */
export type BackEnd = 'node' | 'web';

/** That the `#crypto` of the package led where it should: to WebCrypto, whose calls can be seen, or past it. */
export const backEndCheck = (expected: BackEnd): Check => ({
  name: `verifies by ${expected === 'web' ? 'WebCrypto' : 'node:crypto'}`,
  async run() {
    const { deliver, send } = endpoint();
    const delivery = await deliver();
    const { subtle } = crypto;
    const original = subtle.sign;
    let calls = 0;
    subtle.sign = (...input: Parameters<typeof original>) => {
      calls++;
      return original.apply(subtle, input);
    };
    try {
      assertSame(await send(delivery), RECEIVED, 'the answer');
    } finally {
      subtle.sign = original;
    }
    assertSame(calls > 0, expected === 'web', 'a call of subtle.sign');
  },
});
