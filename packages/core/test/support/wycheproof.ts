import { existsSync, readFileSync } from 'node:fs';
import { ecdsa, ed25519, type Hash, hmac, rsa, type Scheme } from '../../src/index.ts';
import { readSignatureHeader } from '../../src/schemes/signature-header.ts';

/** Beside the checkout; not part of it. */
const FOLDER = new URL('../../../../../shared/wycheproof/', import.meta.url);

export const hasWycheproof = existsSync(FOLDER);

interface Group {
  /** Bits of a MAC's tag. */
  readonly tagSize?: number;
  readonly publicKey?: { readonly pk: string };
  readonly publicKeyDer?: string;
  readonly publicKeyAsn?: string;
  readonly tests: readonly Test[];
}

interface Test {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly key?: string;
  readonly msg: string;
  readonly tag?: string;
  readonly sig?: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

/** What we do where Wycheproof leaves it to the verifier. A flag that is not here fails the run. */
const policies: Readonly<Record<string, boolean>> = {
  // No AlgorithmIdentifier without its NULL (RFC 8017 section 9.2, note 1): one signature, one encoding.
  MissingNull: false,
};

/** A case, and what has to come of it. */
export interface WycheproofCase {
  readonly title: string;
  readonly wanted: boolean;
  verdict(): Promise<boolean>;
}

export interface WycheproofFile {
  readonly file: string;
  readonly count: number;
  cases(): readonly WycheproofCase[];
}

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const spkiOf = ({ publicKeyDer, publicKeyAsn }: Group): Uint8Array => hex(publicKeyDer ?? publicKeyAsn ?? '');

const place = { header: 'x-signature', encoding: 'hex', content: ['body'] } as const;

/** As a delivery is verified: its header read, then every signature in it shown to the key. */
async function verifies(scheme: Scheme, key: Uint8Array, message: string, header: string): Promise<boolean> {
  const [read] = readSignatureHeader(scheme, [header]);
  if (read === undefined) return false;
  const envelope = { ...read, scheme } as unknown as Parameters<ReturnType<Scheme['key']>['verify']>[1];
  return (await scheme.key(key).verify([hex(message)], envelope)) === true;
}

function wantedOf({ result, flags }: Test): boolean {
  if (result !== 'acceptable') return result === 'valid';
  const known = flags.map((flag) => policies[flag]);
  if (known.length === 0 || known.includes(undefined)) throw new Error(`no policy for ${flags}`);
  return known.every(Boolean);
}

const testsOf = (file: string): readonly (readonly [Group, Test])[] =>
  (JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')).testGroups as readonly Group[]).flatMap((group) =>
    group.tests.map((test) => [group, test] as const),
  );

const titleOf = ({ tcId, comment }: Test): string => `${tcId} ${comment}`;

const byKey = (
  file: string,
  count: number,
  scheme: Scheme,
  keyOf: (group: Group) => Uint8Array,
): WycheproofFile => ({
  file,
  count,
  cases: () =>
    testsOf(file).map(([group, test]) => ({
      title: titleOf(test),
      wanted: wantedOf(test),
      verdict: () => verifies(scheme, keyOf(group), test.msg, test.sig ?? ''),
    })),
});

/** A tag that was cut short is no signature here, however right its bytes. */
function macs(file: string, count: number, hash: Hash): WycheproofFile {
  const scheme = hmac({ ...place, hash });
  return {
    file,
    count,
    cases: () =>
      testsOf(file).map(([{ tagSize = 0 }, test]) => ({
        title: `${titleOf(test)}, ${tagSize} bits`,
        wanted: wantedOf(test) && tagSize === (scheme.length as number) * 8,
        verdict: () => verifies(scheme, hex(test.key ?? ''), test.msg, test.tag ?? ''),
      })),
  };
}

/** The MAC itself, cut to the length of the tag, as Wycheproof judges it. */
function cutMacs(file: string, count: number, hash: Hash): WycheproofFile {
  const scheme = hmac({ ...place, hash });
  return {
    file: `${file}, tags cut short`,
    count,
    cases: () =>
      testsOf(file)
        .filter(([{ tagSize = 0 }]) => tagSize < (scheme.length as number) * 8)
        .map(([{ tagSize = 0 }, test]) => ({
          title: titleOf(test),
          wanted: wantedOf(test),
          async verdict() {
            const mac = await scheme.key(hex(test.key ?? '')).sign?.([hex(test.msg)]);
            return Buffer.from(mac ?? []).toString('hex', 0, tagSize / 8) === test.tag;
          },
        })),
  };
}

const p256 = { ...place, curve: 'P-256', hash: 'sha256' } as const;

export const wycheproof: readonly WycheproofFile[] = [
  macs('hmac_sha1_test.json', 170, 'sha1'),
  macs('hmac_sha256_test.json', 174, 'sha256'),
  macs('hmac_sha512_test.json', 174, 'sha512'),
  cutMacs('hmac_sha1_test.json', 83, 'sha1'),
  cutMacs('hmac_sha256_test.json', 87, 'sha256'),
  cutMacs('hmac_sha512_test.json', 87, 'sha512'),
  byKey('ed25519_test.json', 151, ed25519({ ...place, publicKey: { encoding: 'hex' } }), ({ publicKey }) =>
    hex(publicKey?.pk ?? ''),
  ),
  byKey('ecdsa_secp256r1_sha256_p1363_test.json', 262, ecdsa({ ...p256, form: 'raw' }), spkiOf),
  byKey('ecdsa_secp256r1_sha256_test.json', 484, ecdsa({ ...p256, form: 'der' }), spkiOf),
  byKey(
    'rsa_signature_2048_sha256_test.json',
    259,
    rsa({ ...place, hash: 'sha256', padding: 'pkcs1' }),
    spkiOf,
  ),
];
