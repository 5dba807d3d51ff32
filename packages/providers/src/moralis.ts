import { defineProvider, type ProviderFactory } from '@countersign/core';
import { nobleSha3 } from './schemes/noble-hashes.ts';
import { nobleMac } from './schemes/noble-mac.ts';

/**
 * Moralis Streams. `secret` is the streams secret, or the API key where none is set. The signature is a
 * Keccak-256 over body and secret, which no platform brings: install `@noble/hashes` beside this package. The
 * type is the tag you gave the stream. Deliveries bear no id, and `retries` makes each attempt another body:
 * give `dedupKey`, such as stream, block hash and `confirmed`.
 *
 * @see https://docs.moralis.com/streams-api/evm/webhook-security
 */
export const moralis: ProviderFactory<'secret'> = defineProvider({
  name: 'moralis',
  docs: { url: 'https://docs.moralis.com/streams-api/evm/webhook-security', read: '2026-11-22' },
  status: 'proven',
  scheme: nobleMac({
    kind: 'keccak-256',
    header: 'x-signature',
    prefix: '0x',
    encoding: 'hex',
    length: 32,
    async load() {
      const { keccak_256: keccak } = await nobleSha3();
      return (secret, content) => keccak.create().update(content).update(secret).digest();
    },
  }),
  type: { payload: 'tag' },
});
