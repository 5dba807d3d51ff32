import { ed25519, type HeaderName, type Scheme } from '@countersign/core';
import { standardV1 } from './standard-v1.ts';

/**
 * The specification's two schemes under any header names: `v1` (HMAC) and `v1a` (Ed25519) stand in one list, for a
 * sender that rotates or switches, and one match is enough.
 */
export const standardSchemes = (header: HeaderName): readonly Scheme<'secret' | 'publicKey'>[] => [
  ed25519({
    header,
    labels: { separator: ' ', label: 'v1a' },
    encoding: 'base64',
    content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
    publicKey: { encoding: 'base64', prefix: 'whpk_' },
  }),
  standardV1({ header, refuse: { whsk_: "the sender's private key, which has no business here" } }),
];
