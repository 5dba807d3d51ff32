import { importPublicKey } from '#crypto';
import type { Chunk } from '../bytes.ts';
import type { PublicKey, SignatureAlgorithm } from '../crypto/crypto.ts';
import { curveLength } from '../crypto/crypto.ts';
import { rawSignature } from '../der.ts';
import { misconfigured } from '../errors.ts';
import type { Envelope, SchemeKey } from '../scheme.ts';

/** A public key that looks at every signature of an envelope. */
export class PublicKeyKey implements SchemeKey {
  readonly isPrompt = true;
  readonly #key: PublicKey;
  readonly #derSize: number | undefined;

  constructor(algorithm: SignatureAlgorithm, spki: Uint8Array, form?: 'der' | 'raw') {
    try {
      this.#key = importPublicKey(algorithm, spki);
    } catch {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_SECRET',
        `publicKey is no ${algorithm.name} key: copy it again, whole, from the provider's page`,
      );
    }
    this.#derSize = algorithm.name === 'ecdsa' && form === 'der' ? curveLength[algorithm.curve] : undefined;
  }

  async verify(content: readonly Chunk[], { signatures }: Envelope): Promise<boolean> {
    let matched = false;
    for (const sent of signatures) {
      const signature = this.#derSize === undefined ? sent : rawSignature(sent, this.#derSize);
      if (signature !== undefined) matched = (await this.#key.verify(content, signature)) || matched;
    }
    return matched;
  }
}
