import { createHash, createHmac, createSecretKey, hash as digest, type KeyObject } from 'node:crypto';
import type { Chunk } from '../bytes.ts';
import { type Hash, hashLength, type MacKey } from './crypto.ts';
import { matchesAny } from './matches-any.ts';
import { equal } from './node-equal.ts';

/** Bytes of a block of the hash (FIPS 180-4): the key fills one. */
const blockLength: Record<Hash, number> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 };

/** Bytes of content up to which two one-shot hashes take less time than an `Hmac` object does to be made. */
const SHORT = 32_768;

/** Where key and content are laid side by side. Nothing is awaited while it is in use, so one is enough. */
const desk = Buffer.allocUnsafeSlow(128 + SHORT);

/** The key as it stands before the content, filled up to a block and masked (RFC 2104 section 2), and room behind it. */
function padded(hash: Hash, secret: Uint8Array, mask: number, room = 0): Buffer {
  const length = blockLength[hash];
  const block = Buffer.alloc(length);
  block.set(secret.length > length ? createHash(hash).update(secret).digest() : secret);
  return Buffer.concat([block.map((byte) => byte ^ mask)], length + room);
}

/** Bytes that chunks can have at most: a UTF-16 unit becomes three bytes of UTF-8, or fewer. */
function longest(content: readonly Chunk[]): number {
  let bytes = 0;
  for (const chunk of content) bytes += typeof chunk === 'string' ? 3 * chunk.length : chunk.length;
  return bytes;
}

/** Letters up to which to write them here takes less than a call into native code does. */
const SPELT = 16;

/** Times and separators are short, and ASCII. */
function writeText(text: string, start: number): number {
  if (text.length > SPELT) return start + desk.write(text, start);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return start + desk.write(text, start);
    desk[start + at] = code;
  }
  return start + text.length;
}

/** HMAC (RFC 2104): over short content by two one-shot hashes, over long content by OpenSSL's own. */
export class NodeMacKey implements MacKey {
  readonly #hash: Hash;
  readonly #inner: Buffer;
  /** The inner hash is written behind the pad. */
  readonly #outer: Buffer;
  readonly #key: KeyObject;
  /** The last one: whoever keeps it copies it. */
  readonly #mac: Buffer;

  constructor(hash: Hash, secret: Uint8Array) {
    this.#hash = hash;
    this.#inner = padded(hash, secret, 0x36);
    this.#outer = padded(hash, secret, 0x5c, hashLength[hash]);
    this.#key = createSecretKey(secret);
    this.#mac = Buffer.allocUnsafeSlow(hashLength[hash]);
  }

  mac(content: readonly Chunk[]): Uint8Array {
    return new Uint8Array(this.#write(content));
  }

  matches(content: readonly Chunk[], signatures: readonly Uint8Array[]): boolean {
    return matchesAny(equal, this.#write(content), signatures);
  }

  #write(content: readonly Chunk[]): Uint8Array {
    // A digest comes as Latin-1 text: Node makes a string in half the time that it takes to make a Buffer.
    this.#mac.write(longest(content) <= SHORT ? this.#short(content) : this.#long(content), 'latin1');
    return this.#mac;
  }

  #short(content: readonly Chunk[]): string {
    const start = this.#inner.length;
    let end = start;
    desk.set(this.#inner);
    for (const chunk of content) {
      if (typeof chunk === 'string') end = writeText(chunk, end);
      else {
        desk.set(chunk, end);
        end += chunk.length;
      }
    }
    this.#outer.write(digest(this.#hash, new Uint8Array(desk.buffer, 0, end), 'binary'), start, 'latin1');
    return digest(this.#hash, this.#outer, 'binary');
  }

  #long(content: readonly Chunk[]): string {
    const hmac = createHmac(this.#hash, this.#key);
    for (const chunk of content) hmac.update(chunk);
    return hmac.digest('binary');
  }
}
