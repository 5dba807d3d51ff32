import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const secret = 'conformance-api-secret';

export const getstream: Oracle = {
  name: 'getstream',
  provider: 'getstream',
  sdk: 'stream-chat',
  needs: 'stream-chat',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { verifyAndParseWebhook } = await sdk('stream-chat');
      verifyAndParseWebhook(Buffer.from(delivery.body), header(delivery, 'x-signature'), secret);
      return true;
    }),
  weaknesses: ['refuses a body that is not JSON', 'refuses an empty body', 'refuses upper-case hex'],
};
