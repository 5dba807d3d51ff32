import { defineProvider, type ProviderFactory, token } from '@countersign/core';

/**
 * Deepgram callbacks. `secret` is the id of the API key that made the request (not the key), which Deepgram sends in
 * clear as `dg-token`: nothing is signed, and whoever sees one delivery can make others. There is no type: handle `'*'`.
 *
 * @see https://developers.deepgram.com/docs/callback
 */
export const deepgram: ProviderFactory<'secret'> = defineProvider({
  name: 'deepgram',
  docs: { url: 'https://developers.deepgram.com/docs/callback', read: '2026-11-22' },
  status: 'documented',
  scheme: token({ header: 'dg-token' }),
});
