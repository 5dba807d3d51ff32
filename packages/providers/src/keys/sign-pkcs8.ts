import { base64Bytes } from './spki.ts';

const PEM = /-----BEGIN PRIVATE KEY-----(.*)-----END PRIVATE KEY-----/s;

/** For tests: signs as the vendor does, with a PKCS #8 key as PEM, its base64, or bytes. */
export async function signPkcs8(
  privateKey: string | Uint8Array,
  key: { readonly name: string; readonly hash?: string; readonly namedCurve?: string },
  content: Uint8Array,
  use: { readonly name: string; readonly hash?: string } = key,
): Promise<Uint8Array> {
  const bytes =
    typeof privateKey === 'string' ? base64Bytes(PEM.exec(privateKey)?.[1] ?? privateKey) : privateKey;
  const imported = await crypto.subtle.importKey('pkcs8', bytes as Uint8Array<ArrayBuffer>, key, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign(use, imported, content as Uint8Array<ArrayBuffer>));
}
