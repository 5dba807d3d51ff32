import { defineProvider, type ProviderFactory } from '@countersign/core';
import { secretJwt } from './schemes/jwt.ts';

/**
 * Netlify deploy notifications. `secret` is the "JWS secret token" of the notification; without one Netlify signs
 * nothing. The token bears a hash of the body and no time, and equal bodies are one delivery. The type is the state of
 * the deploy (`ready`, `error`): each notification is set up for one event, which the payload does not name.
 *
 * @see https://docs.netlify.com/deploy/deploy-notifications/
 */
export const netlify: ProviderFactory<'secret'> = defineProvider({
  name: 'netlify',
  docs: { url: 'https://docs.netlify.com/deploy/deploy-notifications/', read: '2026-11-22' },
  status: 'documented',
  scheme: secretJwt({
    header: 'x-webhook-signature',
    algorithms: ['HS256'],
    issuer: 'netlify',
    bodyHash: { claim: 'sha256', encoding: 'hex' },
  }),
  type: { payload: 'state' },
});
