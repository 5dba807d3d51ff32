import type { Scheme } from '@countersign/core';
import { signPkcs8 } from '../keys/sign-pkcs8.ts';
import { signatureField } from './message-signatures/signature-field.ts';

/** RFC 9421 section 3.3, as WebCrypto calls it. */
const algorithms: Readonly<
  Record<
    string,
    { readonly name: string; readonly hash?: string; readonly namedCurve?: string; saltLength?: number }
  >
> = {
  ed25519: { name: 'Ed25519' },
  'ecdsa-p256-sha256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'ecdsa-p384-sha384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  'rsa-pss-sha512': { name: 'RSA-PSS', hash: 'SHA-512', saltLength: 64 },
  'rsa-v1_5-sha256': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
};

/** For tests: signs as the holder of a private key for this algorithm does. */
export const signMessage =
  (name: string): NonNullable<Scheme['signWith']> =>
  (privateKey, _content, envelope) => {
    const algorithm = algorithms[name];
    if (algorithm === undefined) throw new Error(`${name} signs with no private key`);
    return signatureField(envelope, (base) =>
      signPkcs8(privateKey, algorithm, new TextEncoder().encode(base)),
    );
  };
