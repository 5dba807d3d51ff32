import type { Scheme, SchemeKey } from '@countersign/core';
import { type Certificate, certificateOf } from './certificate.ts';
import { publicKeyOf } from './public-key-of.ts';

/** A certificate, with its key ready for each of several schemes. */
export interface CertificateKey extends Certificate {
  readonly keys: readonly SchemeKey[];
}

/** @throws TypeError for what is no certificate, or one with a key of another kind */
export async function certificateKey(text: string, schemes: readonly Scheme[]): Promise<CertificateKey> {
  const certificate = certificateOf(text);
  const keys = await Promise.all(schemes.map((scheme) => publicKeyOf(scheme, certificate.spki)));
  return { ...certificate, keys };
}
