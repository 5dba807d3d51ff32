import type { Scheme, SignatureGrammar } from '../scheme.ts';
import type { SecretFormat } from '../secret.ts';
import { SharedSecretKey } from './shared-secret-key.ts';

export interface TokenOptions extends SignatureGrammar {
  readonly secret?: SecretFormat;
}

/**
 * A constant token in a header. It proves that the sender knows the token and nothing else: no part of the delivery
 * is covered, and whoever sees one delivery can make others.
 *
 * @example
 * ```ts
 * token({ header: 'x-acme-token' });
 * ```
 */
export function token({ secret = { encoding: 'utf8' }, ...grammar }: TokenOptions): Scheme<'secret'> {
  return {
    kind: 'token',
    option: 'secret',
    secret,
    grammar,
    encoding: 'text',
    covers: [],
    content: ({ body }) => [body],
    key: (bytes) => new SharedSecretKey(bytes),
  };
}
