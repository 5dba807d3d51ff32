import type { Scheme } from '@countersign/core';
import { importPKCS8 } from 'jose';
import type { FindJwtKey } from './find-jwt-key.ts';
import { JwtKey } from './jwt-key.ts';
import type { JwtOptions } from './jwt-options.ts';
import { signJwt } from './sign-jwt.ts';

export type { JwtOptions } from './jwt-options.ts';

/** What all of them are, wherever their keys come from. */
function tokenScheme(options: JwtOptions): Omit<Scheme<never>, 'key' | 'option'> {
  const { header, query, payload, prefix, bodyHash, claims = [], isPayload = false } = options;
  return {
    kind: 'jwt',
    secret: { encoding: 'utf8' },
    grammar: {
      ...(header !== undefined && { header }),
      ...(query !== undefined && { query }),
      ...(payload !== undefined && { payload }),
      ...(prefix !== undefined && { prefix }),
    },
    encoding: 'text',
    covers: bodyHash || isPayload ? ['body'] : [],
    claims,
    content: ({ body }) => [body],
  };
}

/** A JSON Web Token (RFC 7519) made with a shared secret. */
export const secretJwt = (options: JwtOptions): Scheme<'secret'> => ({
  ...tokenScheme(options),
  option: 'secret',
  key: (secret) => new JwtKey(options, secret),
});

const armoured = (key: string): string =>
  key.startsWith('-----') ? key : `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----`;

/** A JSON Web Token (RFC 7519) made with a key that the sender publishes. */
export const publishedJwt = (options: JwtOptions, find: FindJwtKey): Scheme<never> => ({
  ...tokenScheme(options),
  key: () => new JwtKey(options, find),
  async signWith(privateKey, _content, envelope) {
    const key = await importPKCS8(armoured(privateKey as string), options.algorithms[0] as string);
    return signJwt(options, key, envelope, { kid: 'sample' });
  },
});
