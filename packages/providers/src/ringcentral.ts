import {
  defineProvider,
  emptyResponse,
  handshakeRefused,
  headerEcho,
  type ProviderFactory,
  token,
} from '@countersign/core';

/** RingCentral reads answers of 1024 bytes, headers included: this leaves half of them to the server. */
const LONGEST = 512;

/**
 * RingCentral webhooks. `secret` is the `verificationToken` of the subscription. It is sent in clear: nothing is
 * signed, and whoever sees one delivery can make others. The type is the `event`, a path with ids in it: handle `'*'`.
 * Answers the `Validation-Token` of a new subscription.
 *
 * @see https://developers.ringcentral.com/guide/notifications/webhooks/receiving
 */
export const ringcentral: ProviderFactory<'secret'> = defineProvider({
  name: 'ringcentral',
  docs: {
    url: 'https://developers.ringcentral.com/guide/notifications/webhooks/receiving',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: token({ header: 'verification-token' }),
  id: { payload: 'uuid' },
  type: { payload: 'event' },
  handshakes: [
    headerEcho({
      name: 'validation token',
      header: 'validation-token',
      respond(value) {
        if (value.length > LONGEST)
          throw handshakeRefused('the validation token is too long to be sent back');
        return emptyResponse(200, { 'validation-token': value });
      },
    }),
  ],
  deadline: 3,
});
