import type { Chunk, Encoding, Envelope, Scheme, SchemeKey, SignatureGrammar } from '@countersign/core';

/** Makes a signature of one secret and what it signs. */
export type Mac = (secret: Uint8Array, content: Uint8Array) => Uint8Array;

export interface NobleMacOptions extends SignatureGrammar {
  readonly kind: string;
  readonly encoding: Encoding;
  /** Bytes of a signature. */
  readonly length: number;
  /** Imports what it needs of `@noble/hashes`, or says that it is missing. */
  readonly load: () => Promise<Mac>;
}

const encoder = new TextEncoder();

function joined(chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.map((chunk) => (typeof chunk === 'string' ? encoder.encode(chunk) : chunk));
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** In constant time: signatures of another length never come here. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] ?? 0);
  return difference === 0;
}

class NobleMacKey implements SchemeKey {
  readonly #load: () => Promise<Mac>;
  readonly #secret: Uint8Array;
  #mac: Mac | undefined;

  constructor(load: () => Promise<Mac>, secret: Uint8Array) {
    this.#load = load;
    this.#secret = secret;
  }

  async verify(content: readonly Chunk[], { signatures }: Envelope): Promise<boolean> {
    const expected = await this.sign(content);
    let matched = false;
    for (const signature of signatures) matched = isEqual(expected, signature) || matched;
    return matched;
  }

  async sign(content: readonly Chunk[]): Promise<Uint8Array> {
    this.#mac ??= await this.#load();
    return this.#mac(this.#secret, joined(content));
  }
}

/**
 * A signature over the body by a hash that no platform brings everywhere. It is loaded with the first
 * delivery, so that whoever imports the whole catalogue needs it only for the providers that use it.
 */
export function nobleMac(options: NobleMacOptions): Scheme<'secret'> {
  const { kind, encoding, length, load, ...grammar } = options;
  return {
    kind,
    option: 'secret',
    secret: { encoding: 'utf8' },
    grammar,
    encoding,
    length,
    covers: ['body'],
    key: (secret) => new NobleMacKey(load, secret),
  };
}
