import { crypto } from '#crypto';
import type { Chunk } from '../bytes.ts';
import type { Envelope, SchemeKey } from '../scheme.ts';

/** A secret that is sent as it is. Digests are compared, so that not even its length can be timed. */
export class SharedSecretKey implements SchemeKey {
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  async verify(_content: readonly Chunk[], { signatures }: Envelope): Promise<boolean> {
    const expected = await crypto.digest('sha256', [this.#secret]);
    let matched = false;
    for (const sent of signatures) {
      matched = crypto.equal(expected, await crypto.digest('sha256', [sent])) || matched;
    }
    return matched;
  }

  sign(): Uint8Array {
    return this.#secret;
  }
}
