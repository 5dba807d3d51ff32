import type { Scheme } from '../scheme.ts';
import { SharedSecretKey } from './shared-secret-key.ts';

/**
 * HTTP Basic authentication (RFC 7617); the secret is `user:password`. As with {@link token}, nothing of the
 * delivery is covered.
 *
 * @example
 * ```ts
 * const acme = defineProvider({ name: 'acme', scheme: basic() });
 * const receiver = createReceiver(acme({ secret: 'user:password' }));
 * ```
 */
export function basic(): Scheme<'secret'> {
  return {
    kind: 'basic',
    option: 'secret',
    secret: { encoding: 'utf8' },
    grammar: { header: 'authorization', prefix: 'Basic ' },
    encoding: 'base64',
    covers: [],
    content: ({ body }) => [body],
    key: (bytes) => new SharedSecretKey(bytes),
  };
}
