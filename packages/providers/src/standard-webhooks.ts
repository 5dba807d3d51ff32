import {
  defineProvider,
  ed25519,
  type HeaderName,
  hmac,
  type ProviderFactory,
  type Scheme,
} from '@countersign/core';

/**
 * The specification's two schemes under any header names: `v1` (HMAC) and `v1a` (Ed25519) stand in one list, for a
 * sender that rotates or switches, and one match is enough.
 */
export function standardSchemes(header: HeaderName): readonly Scheme<'secret' | 'publicKey'>[] {
  const content = ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'] as const;
  const labels = (label: string) => ({ separator: ' ', label });
  return [
    ed25519({
      header,
      labels: labels('v1a'),
      encoding: 'base64',
      content,
      publicKey: { encoding: 'base64', prefix: 'whpk_' },
    }),
    hmac({
      header,
      labels: labels('v1'),
      hash: 'sha256',
      encoding: 'base64',
      content,
      secret: { encoding: 'base64', prefix: 'whsec_', prefixOptional: true, refuse: ['whsk_'] },
    }),
  ];
}

/**
 * Standard Webhooks 1.0, `v1` and `v1a`. `secret` takes `whsec_…`, `publicKey` takes `whpk_…`; both may be lists.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: ProviderFactory<'secret' | 'publicKey'> = defineProvider({
  name: 'standard-webhooks',
  docs: {
    url: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: standardSchemes('webhook-signature'),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'type' },
  deadline: 15,
  // The specification's example schedule: 75 h 35 min.
  horizon: 272_100,
});
