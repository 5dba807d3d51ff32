import type { Scheme } from '@countersign/core';
import type { FetchOption } from '../keys/pinned-fetch.ts';
import { publishedJwt } from './jwt.ts';
import { remoteJwks } from './remote-jwks.ts';

const KEYS = 'https://www.googleapis.com/oauth2/v3/certs';

interface GoogleIdToken extends FetchOption {
  readonly audience: string | readonly string[];
  /** The service account. Every Google account can get a token for any audience, so this is what counts. */
  readonly email: string;
}

/** An OpenID Connect token of a service account, as Google's products send it in `Authorization`. */
export const googleIdToken = ({ audience, email, fetch }: GoogleIdToken): Scheme<never> =>
  publishedJwt(
    {
      header: 'authorization',
      prefix: 'Bearer ',
      algorithms: ['RS256'],
      issuer: ['https://accounts.google.com', 'accounts.google.com'],
      audience,
      required: ['exp'],
      skew: 300,
      claims: ['iat'],
      check: (claims) => claims.email === email && claims.email_verified === true,
      sends: () => ({ email, email_verified: true }),
    },
    remoteJwks(KEYS, { fetch }),
  );
