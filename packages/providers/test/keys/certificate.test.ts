import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateOf } from '../../src/keys/certificate.ts';
import { selfSigned } from '../support/self-signed.ts';
import { vectorsOf } from '../support/vectors.ts';

/** Amazon's and PayPal's own, and one of ours. */
const certificates = [
  ...new Set(
    ['aws-sns', 'paypal'].flatMap((file) =>
      vectorsOf(file).flatMap(({ fetched = {} }) => Object.values(fetched)),
    ),
  ),
  selfSigned({ hosts: ['a.test'], notBefore: '490101000000Z', notAfter: '500101000000Z' }).certificate,
].filter((text) => text.includes('CERTIFICATE'));

it('has real ones', () => {
  const issuers = certificates.map((text) => new X509Certificate(text).issuer);
  expect(issuers.some((issuer) => issuer.includes('O=Amazon'))).toBe(true);
  expect(issuers.some((issuer) => issuer.includes('DigiCert'))).toBe(true);
});

it.each(certificates)('reads what Node reads %#', (text) => {
  const theirs = new X509Certificate(text);
  const { spki, commonName, notBefore, notAfter } = certificateOf(text);
  expect(Buffer.from(spki)).toEqual(theirs.publicKey.export({ type: 'spki', format: 'der' }));
  expect(commonName).toBe(/CN=(.*)/.exec(theirs.subject)?.[1]);
  expect(new Date(notBefore)).toEqual(new Date(theirs.validFrom));
  expect(new Date(notAfter)).toEqual(new Date(theirs.validTo));
});

describe('what is none', () => {
  const [text = ''] = certificates;
  const der = Buffer.from(text.replace(/-----.*-----|\s/g, ''), 'base64');
  const armoured = (bytes: Uint8Array): string =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----`;

  it.each([
    ['nothing', ''],
    ['a page', '<html></html>'],
    ['a public key', text.replaceAll('CERTIFICATE', 'PUBLIC KEY')],
    ['an empty one', armoured(new Uint8Array())],
    ['a sequence that is empty', armoured(new Uint8Array([0x30, 0]))],
    ['an indefinite length', armoured(Uint8Array.from(der, (byte, at) => (at === 1 ? 0x80 : byte)))],
    ['a length with a zero before it', armoured(new Uint8Array([0x30, 0x83, 0, ...der.subarray(2)]))],
  ])('%s', (_, wrong) => {
    expect(() => certificateOf(wrong)).toThrow(TypeError);
  });

  it('is cut short anywhere: it is refused, and nothing else is thrown', () => {
    for (let size = 0; size < der.length; size += 7) {
      expect(() => certificateOf(armoured(der.subarray(0, size)))).toThrow(TypeError);
    }
  });
});
