// What the main entry re-exports; that one also loads a socket client whose undici 8 breaks on Node 20.
import { isValidSlackRequest } from '@slack/bolt/dist/receivers/verify-request.js';

import type { Oracle } from './oracle.ts';
import { header, text, verdict } from './wire.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';

/** Bolt only verifies. The timestamp becomes a number first, as Bolt's own receivers do. */
export const slack: Oracle = {
  name: 'slack',
  provider: 'slack',
  sdk: '@slack/bolt',
  options: { secret },
  verify: (delivery) =>
    verdict(() =>
      isValidSlackRequest({
        signingSecret: secret,
        body: text(delivery),
        headers: {
          'x-slack-signature': header(delivery, 'x-slack-signature'),
          'x-slack-request-timestamp': Number(header(delivery, 'x-slack-request-timestamp')),
        },
      }),
    ),
  weaknesses: [
    'accepts future timestamps',
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'refuses upper-case hex',
  ],
};
