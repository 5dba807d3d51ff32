import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const secret = '44dafb7e0f40021e-conformance-f2c5a676a07050b3';

export const viber: Oracle = {
  name: 'viber',
  provider: 'viber',
  sdk: 'viber-bot',
  needs: 'viber-bot',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const MessageValidator = await sdk('viber-bot/lib/message/message-validator.js');
      const validator = new MessageValidator({ debug: () => {} }, secret);
      return validator.validateMessage(header(delivery, 'x-viber-content-signature'), delivery.body);
    }),
  weaknesses: ['refuses upper-case hex'],
};
