import { type CryptoKey, importSPKI } from 'jose';
import { type ChainCertificate, chainCertificate } from '../keys/chain-certificate.ts';
import { base64Bytes } from '../keys/spki.ts';

/** In hex: 1.2.840.113635.100.6.11.1, of leaves that sign receipts, and 1.2.840.113635.100.6.2.1, of intermediates. */
const RECEIPT_SIGNING = '2a864886f76364060b01';
const WORLDWIDE_RELATIONS = '2a864886f76364060201';

/** ms by which clocks may differ. */
const SKEW = 60_000;

const isValidAt = ({ notBefore, notAfter }: ChainCertificate, at: number): boolean =>
  notBefore <= at + SKEW && at - SKEW <= notAfter;

const isIssuedBy = async (certificate: ChainCertificate, issuer: ChainCertificate): Promise<boolean> =>
  certificate.issuer === issuer.subject && (await certificate.isSignedBy(issuer));

/** The first of the roots that has issued it. */
async function rootOf(
  intermediate: ChainCertificate,
  roots: readonly ChainCertificate[],
): Promise<ChainCertificate | undefined> {
  for (const root of roots) if (await isIssuedBy(intermediate, root)) return root;
  return undefined;
}

const pemOf = (spki: Uint8Array): string =>
  `-----BEGIN PUBLIC KEY-----\n${btoa(Array.from(spki, (byte) => String.fromCharCode(byte)).join(''))}\n-----END PUBLIC KEY-----`;

/**
 * The key of a leaf for which one of the roots vouches at this moment (Unix ms). Of the three certificates that are
 * sent, the third, which says to be the root, is never looked at.
 *
 * @returns `undefined` for a chain that does not hold
 */
export async function appleLeafKey(
  x5c: unknown,
  roots: readonly ChainCertificate[],
  at: number,
): Promise<CryptoKey | undefined> {
  if (!Array.isArray(x5c) || x5c.length !== 3 || x5c.some((each) => typeof each !== 'string'))
    return undefined;
  const [leaf, intermediate] = x5c.slice(0, 2).map((each: string) => chainCertificate(base64Bytes(each)));
  if (leaf === undefined || intermediate === undefined) return undefined;
  const root = await rootOf(intermediate, roots);
  const holds =
    root !== undefined &&
    (await isIssuedBy(leaf, intermediate)) &&
    intermediate.isAuthority &&
    !leaf.isAuthority &&
    leaf.extensions.has(RECEIPT_SIGNING) &&
    intermediate.extensions.has(WORLDWIDE_RELATIONS) &&
    [leaf, intermediate, root].every((each) => isValidAt(each, at));
  return holds ? importSPKI(pemOf(leaf.spki), 'ES256') : undefined;
}
