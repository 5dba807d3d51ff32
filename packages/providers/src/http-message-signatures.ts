import { defineProvider, type ProviderFactory, type PublicUrl } from '@countersign/core';
import { type MessageAlgorithm, messageSignature } from './schemes/message-signatures/message-signature.ts';
import { signMessage } from './schemes/sign-message.ts';

/** What counts as a signature here; with a public key, `algorithm` is needed. */
export interface HttpMessageSignaturesOptions {
  /** The address that the sender has of this endpoint: signatures cover it, and behind a proxy it is another. */
  readonly publicUrl: PublicUrl;
  /** Default with a `secret`: `hmac-sha256`. Never the one that a signature names. */
  readonly algorithm?: MessageAlgorithm;
  /** Components that must be covered, besides method, address and (with a body) `content-digest`. */
  readonly require?: readonly string[];
  /** The `tag` that a signature must bear. */
  readonly tag?: string;
}

/**
 * HTTP Message Signatures (RFC 9421), with the body bound by Content-Digest (RFC 9530), which is recomputed. Labels
 * choose nothing: any signature that covers method, whole address, body and time, by a configured key, is enough; what
 * else stands beside it neither helps nor harms. `secret` is base64 of the shared key, `publicKey` a PEM.
 * Id and type are those of the payload, `id` and `type`; without an id, each signature is an event of its own.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421
 * @see https://www.rfc-editor.org/rfc/rfc9530
 */
export const httpMessageSignatures: ProviderFactory<
  'secret' | 'publicKey',
  Record<string, unknown>,
  HttpMessageSignaturesOptions
> = defineProvider({
  name: 'http-message-signatures',
  docs: { url: 'https://www.rfc-editor.org/rfc/rfc9421', read: '2026-11-22' },
  status: 'proven',
  scheme: ({
    algorithm,
    require = [],
    tag,
    ...keys
  }: HttpMessageSignaturesOptions & { publicKey?: unknown }) => ({
    ...messageSignature({ algorithm, require, tag, publicKey: keys.publicKey }),
    ...(keys.publicKey !== undefined && { signWith: signMessage(algorithm as MessageAlgorithm) }),
  }),
  timestamp: { field: 'created', unit: 's' },
  id: { payload: 'id' },
  type: { payload: 'type' },
});
