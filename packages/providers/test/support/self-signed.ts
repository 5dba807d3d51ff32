import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

type Bytes = Uint8Array | readonly number[];

const lengthOf = (size: number): readonly number[] => {
  if (size < 0x80) return [size];
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
};

function der(tag: number, ...parts: readonly Bytes[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body]);
}

const sequence = (...parts: readonly Bytes[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const utcTime = (date: string): Buffer => der(0x17, Buffer.from(date));

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));

export interface SelfSigned {
  readonly certificate: string;
  readonly key: string;
}

export interface Subject {
  /** The first is the common name too. */
  readonly hosts: readonly [string, ...string[]];
  /** `YYMMDDhhmmssZ`. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly keys?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

/** An X.509 certificate (RFC 5280) that vouches for itself, and its key. */
export function selfSigned({
  hosts,
  notBefore = '250101000000Z',
  notAfter = '491231000000Z',
  keys = generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}: Subject): SelfSigned {
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(hosts[0])))));
  const names = sequence(...hosts.map((host) => der(0x82, Buffer.from(host))));
  const extensions = sequence(sequence(oid('551d11'), der(0x04, names)));
  const body = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, [1]),
    ECDSA_SHA256,
    name,
    sequence(utcTime(notBefore), utcTime(notAfter)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const whole = sequence(body, ECDSA_SHA256, der(0x03, [0], sign('sha256', body, keys.privateKey)));
  const lines = whole
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
