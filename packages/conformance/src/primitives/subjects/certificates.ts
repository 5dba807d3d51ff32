import { createPublicKey, X509Certificate } from 'node:crypto';
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
  readonly name?: string | undefined;
}

/** The key as Node writes it, whoever cut it out: unused bits of its last octet are nothing. */
const keyOf = (spki: Uint8Array): Verdict =>
  hexOf(
    createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({
      format: 'der',
      type: 'spki',
    }),
  );

const spelt = ({ spki, notBefore, notAfter, name }: Seen): string =>
  [keyOf(spki), notBefore, notAfter, name].join(' ');

const dateOf = (text: string): number => Date.parse(text);

function theirs(der: Uint8Array, nameOf: (subject: string) => Seen['name']): Verdict {
  return orRefused(() => {
    const certificate = new X509Certificate(der);
    return spelt({
      spki: certificate.publicKey.export({ format: 'der', type: 'spki' }),
      notBefore: dateOf(certificate.validFrom),
      notAfter: dateOf(certificate.validTo),
      name: nameOf(certificate.subject),
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

/** Bytes of both, and where the name of the second ends. */
const SIZE = 33;
const NAME = 23;

/**
 * From the constraints of an authority to the end of what its key is for: the two lie side by side. But for the name of
 * the latter, which changed is another extension, and none that is looked at here.
 */
const authorities = appleRoots.map(derOf).map((whole) => {
  const start = Buffer.from(whole).indexOf('0603551d13', 0, 'hex') - 2;
  return [whole, start] as const;
});
const changed = fc
  .tuple(
    fc.constantFrom(...authorities),
    fc.nat(SIZE - 1).filter((place) => place !== NAME),
    fc.nat(255),
  )
  .map(([[whole, start], place, byte]) =>
    Uint8Array.from(whole, (old, at) => (at === start + place ? byte : old)),
  );

export const certificates: readonly Primitive[] = [
  primitive({
    name: 'certificate',
    share: 0.5,
    inputs: damaged([...elliptic, ...others]),
    always: () => [...elliptic, ...others],
    mayRefuse: true,
    ours: (der) =>
      orRefused(() => {
        const { commonName: name, ...rest } = certificateOf(armoured(der));
        return spelt({ ...rest, name });
      }, Error),
    theirs: (der) => theirs(der, (subject) => unescaped(/^CN=(.*)$/m.exec(subject)?.[1])),
  }),
  primitive({
    name: 'certificate of a chain',
    share: 0.5,
    inputs: damaged(elliptic),
    always: () => elliptic,
    mayRefuse: true,
    ours: (der) => orRefused(() => spelt(chainCertificate(der)), Error),
    theirs: (der) => theirs(der, () => undefined),
  }),
  primitive({
    name: 'certificate of an authority',
    share: 0.5,
    inputs: changed,
    always: () => authorities.map(([whole]) => whole),
    mayRefuse: true,
    ours: (der) => orRefused(() => (chainCertificate(der).isAuthority ? 'an authority' : undefined)),
    theirs: (der) => orRefused(() => (new X509Certificate(der).ca ? 'an authority' : 'none'), Error),
  }),
];
