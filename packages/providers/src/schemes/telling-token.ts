import { type Envelope, type Scheme, type SignatureGrammar, token } from '@countersign/core';

/**
 * A constant token whose deliveries tell their id or type in more than one place. `tell` reads them once the token
 * matched, for `{ field }` sources; nothing of it is signed, and so no event says that it is.
 */
export function tellingToken(
  grammar: SignatureGrammar,
  tell: (envelope: Envelope) => Readonly<Record<string, string>>,
): Scheme<'secret'> {
  const plain = token(grammar);
  return {
    ...plain,
    key(secret) {
      const own = plain.key(secret);
      return {
        ...(own.sign && { sign: own.sign.bind(own) }),
        async verify(content, envelope) {
          return (await own.verify(content, envelope)) === true && { fields: tell(envelope) };
        },
      };
    },
  };
}
