import { defineProvider, type ProviderFactory } from '@countersign/core';
import { secretJwt } from './schemes/jwt.ts';

/**
 * Vonage (once Nexmo): Messages, Dispatch, Voice and Verify webhooks with signatures switched on. `secret` is the
 * signature secret of the account. The token bears a hash of the body, which Vonage calls optional to check and which
 * must be there and hold here. Vonage says that a callback comes unsigned when its signing fails, and again when it is
 * met by a 5xx: hence 503 for whatever is refused. The type is that of a status (`delivered`), or of a message (`text`).
 *
 * @see https://developer.vonage.com/en/getting-started/concepts/webhooks
 */
export const vonage: ProviderFactory<'secret'> = defineProvider({
  name: 'vonage',
  docs: { url: 'https://developer.vonage.com/en/getting-started/concepts/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: secretJwt({
    header: 'authorization',
    prefix: 'Bearer ',
    algorithms: ['HS256'],
    issuer: 'Vonage',
    required: ['jti'],
    bodyHash: { claim: 'payload_hash', encoding: 'hex' },
    claims: ['iat'],
    sends: () => ({ jti: crypto.randomUUID(), api_key: 'sample' }),
  }),
  timestamp: { field: 'iat', unit: 's' },
  type: [{ payload: 'status' }, { payload: 'message_type' }],
  answers: { refused: { status: 503 } },
});
