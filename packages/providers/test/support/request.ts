import { createHmac, createPrivateKey, sign } from 'node:crypto';

export * from './receiver.ts';

/** Node's own HMAC: nothing of it is ours. */
export function mac(
  hash: string,
  secret: string | Uint8Array,
  encoding: 'hex' | 'base64',
  ...content: readonly (string | Uint8Array)[]
): string {
  const hmac = createHmac(hash, secret);
  for (const chunk of content) hmac.update(chunk);
  return hmac.digest(encoding);
}

/** RFC 8032 section 7.1, tests 1 and 2. */
export const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
export const PUBLIC_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
export const OTHER_SEED = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
export const OTHER_PUBLIC_KEY = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';

/** Node's own Ed25519. */
export const ed25519 = (seed: string, ...content: readonly (string | Uint8Array)[]): Buffer =>
  sign(
    null,
    Buffer.concat(content.map((chunk) => Buffer.from(chunk as string))),
    createPrivateKey({
      key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'),
      format: 'der',
      type: 'pkcs8',
    }),
  );

/** The code of what a factory throws; throws itself when nothing is thrown, or no `TypeError`. */
export function configurationError(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    if (error instanceof TypeError) return (error as TypeError & { code?: unknown }).code;
    throw error;
  }
  return undefined;
}
