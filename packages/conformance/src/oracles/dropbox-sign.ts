import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'conformance-api-key';

/** The SDK only verifies, and is given the value of the form field, which our signer sends as it is. */
export const dropboxSign: Oracle = {
  name: 'dropbox-sign',
  provider: 'dropbox-sign',
  sdk: '@dropbox/sign',
  needs: '@dropbox/sign',
  options: { secret },
  event: { payload: { event: { event_time: '1764000000', event_type: 'account_confirmed' } } },
  verify: (delivery) =>
    verdict(async () => {
      const { EventCallbackHelper, EventCallbackRequest } = await sdk('@dropbox/sign');
      return EventCallbackHelper.isValid(secret, EventCallbackRequest.init(JSON.parse(text(delivery))));
    }),
  weaknesses: ['refuses a body that is not JSON', 'refuses upper-case hex'],
};
