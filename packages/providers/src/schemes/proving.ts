import type { Chunk, Envelope, Proof, Scheme, SchemeKey } from '@countersign/core';

class ProvingKey implements SchemeKey {
  readonly #key: Required<SchemeKey>;
  readonly #prove: (envelope: Envelope) => Proof | boolean;

  constructor(key: SchemeKey, prove: (envelope: Envelope) => Proof | boolean) {
    this.#key = key as Required<SchemeKey>;
    this.#prove = prove;
  }

  async verify(content: readonly Chunk[], envelope: Envelope): Promise<boolean | Proof> {
    return (await this.#key.verify(content, envelope)) === true && this.#prove(envelope);
  }

  sign(content: readonly Chunk[], envelope: Envelope) {
    return this.#key.sign(content, envelope);
  }
}

/**
 * A scheme whose verified deliveries bring something along: fields for `{ field }` sources, named in `claims`, or
 * other content to be known by. `scheme` proves nothing of its own; `prove` is asked only behind a good signature, and
 * may say `false` to what can be read in more ways than one.
 */
export const proving = (
  scheme: Scheme<'secret'>,
  prove: (envelope: Envelope) => Proof | boolean,
  claims: readonly string[] = [],
): Scheme<'secret'> => ({
  ...scheme,
  claims,
  key: (secret) => new ProvingKey(scheme.key(secret), prove),
});
