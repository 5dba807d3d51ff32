import { missingPeer } from './missing-peer.ts';

const missing = (cause: unknown) => missingPeer('@noble/hashes', cause);

// Each `import()` stands in a `try` of its own and is awaited there: by that a bundler knows that the package need not
// be there, and whoever imports the whole catalogue can bundle it without.

/** Keccak. */
export async function nobleSha3() {
  try {
    return await import('@noble/hashes/sha3.js');
  } catch (cause) {
    throw missing(cause);
  }
}

/** MD5. */
export async function nobleLegacy() {
  try {
    return await import('@noble/hashes/legacy.js');
  } catch (cause) {
    throw missing(cause);
  }
}

/** HMAC over a hash of these. */
export async function nobleHmac() {
  try {
    return await import('@noble/hashes/hmac.js');
  } catch (cause) {
    throw missing(cause);
  }
}
