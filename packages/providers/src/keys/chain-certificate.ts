import { type Envelope, ecdsa } from '@countersign/core';
import { type DerElement, derElements, inside } from './der-element.ts';
import { derTime } from './der-time.ts';

/** A certificate (RFC 5280 section 4.1) with an elliptic key, as a link of a chain. */
export interface ChainCertificate {
  readonly spki: Uint8Array;
  /** Names, byte for byte. */
  readonly issuer: string;
  readonly subject: string;
  /** Unix ms. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly isAuthority: boolean;
  /** Object identifiers of its extensions, in hex. */
  readonly extensions: ReadonlySet<string>;
  /** Whether this key has signed it. */
  isSignedBy(issuer: ChainCertificate): Promise<boolean>;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const BASIC_CONSTRAINTS = '551d13';
const KEY_USAGE = '551d0f';
const KEY_CERT_SIGN = 0x04;

/** Curves and hashes by their object identifiers, in hex. */
const curves = { '2a8648ce3d030107': 'P-256', '2b81040022': 'P-384' } as const;
const hashes = { '2a8648ce3d040302': 'sha256', '2a8648ce3d040303': 'sha384' } as const;

const known = <Table extends object>(table: Table, oid: string): Table[keyof Table] => {
  if (Object.hasOwn(table, oid)) return table[oid as keyof Table];
  throw new TypeError('this certificate has a key or signature of another kind');
};

const oidOf = (element: DerElement | undefined): string =>
  hex(inside(element)[0]?.content ?? new Uint8Array());

/** By object identifier: the value, which is DER inside of an octet string. */
function extensionsOf(fields: readonly DerElement[]): ReadonlyMap<string, Uint8Array> {
  const [list] = inside(fields.find(({ tag }) => tag === EXTENSIONS));
  const entries = inside(list).map((each) => {
    const parts = inside(each);
    if (parts.at(-1)?.tag !== OCTET_STRING) throw new TypeError('an extension has no value');
    return [hex(parts[0]?.content ?? new Uint8Array()), parts.at(-1)?.content ?? new Uint8Array()] as const;
  });
  if (new Set(entries.map(([oid]) => oid)).size < entries.length)
    throw new TypeError('an extension stands twice');
  return new Map(entries);
}

/** RFC 5280 sections 4.2.1.9 and 4.2.1.3: it says so, and its key is for certificates, where it says what for. */
function isAuthority(extensions: ReadonlyMap<string, Uint8Array>): boolean {
  const [constraints] = derElements(extensions.get(BASIC_CONSTRAINTS) ?? new Uint8Array());
  const [flag] = constraints?.tag === SEQUENCE ? inside(constraints) : [];
  const usage = extensions.get(KEY_USAGE);
  const [bits] = derElements(usage ?? new Uint8Array());
  const [unused = 0, octet = 0, more] = bits?.tag === BIT_STRING ? bits.content : [];
  const isUsed = more !== undefined || 2 ** unused <= KEY_CERT_SIGN;
  const signs = usage === undefined || (isUsed && (octet & KEY_CERT_SIGN) !== 0);
  return flag?.tag === 1 && flag.content[0] === 0xff && signs;
}

/** @throws TypeError for what is no such certificate */
export function chainCertificate(der: Uint8Array): ChainCertificate {
  const [outer, ...rest] = derElements(der);
  const [body, algorithm, signature] = inside(outer);
  const fields = inside(body);
  const [, , inner, issuer, validity, subject, key] =
    fields[0]?.tag === VERSION ? fields : [undefined, ...fields];
  const [notBefore, notAfter] = inside(validity);
  if (!body || !inner || !issuer || !subject || !key || !notBefore || !notAfter || rest.length > 0)
    throw new TypeError('this is no certificate');
  const hash = known(hashes, oidOf(algorithm));
  if (hex(inner.whole) !== hex(algorithm?.whole ?? new Uint8Array()))
    throw new TypeError('this is no certificate');
  const extensions = extensionsOf(fields);
  return {
    spki: key.whole,
    issuer: hex(issuer.whole),
    subject: hex(subject.whole),
    notBefore: derTime(notBefore),
    notAfter: derTime(notAfter),
    isAuthority: isAuthority(extensions),
    extensions: new Set(extensions.keys()),
    async isSignedBy({ spki }) {
      const curve = known(
        curves,
        hex(inside(inside(derElements(spki)[0])[0])[1]?.content ?? new Uint8Array()),
      );
      const scheme = ecdsa({ header: '-', curve, hash, form: 'der', encoding: 'base64', content: [] });
      const envelope = { signatures: [signature?.content.subarray(1)] } as unknown as Envelope;
      return (await scheme.key(spki).verify([body.whole], envelope)) === true;
    },
  };
}
