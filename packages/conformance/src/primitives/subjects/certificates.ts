import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { certificateOf } from '../../../../providers/src/keys/certificate.ts';
import { chainCertificate } from '../../../../providers/src/keys/chain-certificate.ts';
import { appleRoots } from '../../../../providers/src/schemes/apple-roots.ts';
import { selfSigned } from '../../../../providers/test/support/self-signed.ts';
import { vectorsOf } from '../../../../providers/test/support/vectors.ts';
import { editedBytes } from '../inputs.ts';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';
import { hexOf, orRefused } from '../spelling.ts';

const derOf = (pem: string): Uint8Array =>
  new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'));

const elliptic = [selfSigned({ hosts: ['a.test'] }).certificate, ...appleRoots].map(derOf);
/** Amazon's and PayPal's own. */
const others = ['aws-sns', 'paypal']
  .flatMap((file) => vectorsOf(file).flatMap(({ fetched = {} }) => Object.values(fetched)))
  .filter((text) => text.includes('BEGIN CERTIFICATE'))
  .map(derOf);

interface Seen {
  readonly spki: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly more: string | boolean | undefined;
}

const spelt = ({ spki, notBefore, notAfter, more }: Seen): string =>
  [hexOf(spki), notBefore, notAfter, more].join(' ');

const dateOf = (text: string): number => Date.parse(text);

function theirs(der: Uint8Array, more: (certificate: X509Certificate) => Seen['more']): Verdict {
  return orRefused(() => {
    const certificate = new X509Certificate(der);
    return spelt({
      spki: certificate.publicKey.export({ format: 'der', type: 'spki' }),
      notBefore: dateOf(certificate.validFrom),
      notAfter: dateOf(certificate.validTo),
      more: more(certificate),
    });
  }, Error);
}

/** Node writes a name with what stands in it for something else escaped (RFC 2253). */
const unescaped = (name: string | undefined): string | undefined =>
  name?.replace(/\\([0-9A-F]{2}|.)/g, (_, code: string) =>
    code.length === 2 ? String.fromCharCode(Number.parseInt(code, 16)) : code,
  );

const armoured = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----`;

const damaged = (certificates: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  editedBytes(fc.constantFrom(...certificates), 1);

export const certificates: readonly Primitive[] = [
  primitive({
    name: 'certificate',
    share: 0.5,
    inputs: damaged([...elliptic, ...others]),
    always: () => [...elliptic, ...others],
    mayRefuse: true,
    ours: (der) =>
      orRefused(() => {
        const { commonName, ...rest } = certificateOf(armoured(der));
        return spelt({ ...rest, more: commonName });
      }),
    theirs: (der) => theirs(der, ({ subject }) => unescaped(/^CN=(.*)$/m.exec(subject)?.[1])),
  }),
  primitive({
    name: 'certificate of a chain',
    share: 0.5,
    inputs: damaged(elliptic),
    always: () => elliptic,
    mayRefuse: true,
    ours: (der) =>
      orRefused(() => {
        const { isAuthority, ...rest } = chainCertificate(der);
        return spelt({ ...rest, more: isAuthority });
      }),
    theirs: (der) => theirs(der, ({ ca }) => ca),
  }),
];
