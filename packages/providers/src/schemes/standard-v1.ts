import { type HeaderName, hmac, type Scheme, type SecretFormat } from '@countersign/core';

export interface StandardV1Options {
  /** Where the list of signatures stands. */
  readonly header: HeaderName;
  /** Default: base64, behind `whsec_` or bare. */
  readonly secret?: SecretFormat;
  /** What else the sender hands out, by its beginning, where `secret` is the default. */
  readonly refuse?: Readonly<Record<string, string>>;
}

/**
 * The symmetric half of Standard Webhooks 1.0 under any header: `v1,<base64>`, several of them with a space between,
 * HMAC-SHA256 of `id.timestamp.body`.
 */
export function standardV1({ header, secret, refuse = {} }: StandardV1Options): Scheme<'secret'> {
  return hmac({
    header,
    labels: { separator: ' ', label: 'v1' },
    hash: 'sha256',
    encoding: 'base64',
    content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
    secret: secret ?? { encoding: 'base64', prefix: 'whsec_', prefixOptional: true, refuse },
  });
}
