import { hash } from 'node:crypto';

/**
 * The least that tells duplicates, and that their bodies differ: as many as a memory store keeps by default. It claims
 * nothing, so that a handler that fails has its event swallowed; how fast it is bounds what dedup can be.
 */
export class Memory {
  readonly #digests = new Map<string, string>();

  has(id: string, body: Buffer): boolean {
    if (this.#digests.has(id)) return true;
    const [oldest] = this.#digests.size < 50_000 ? [] : this.#digests.keys();
    if (oldest !== undefined) this.#digests.delete(oldest);
    this.#digests.set(id, hash('sha256', body));
    return false;
  }
}
