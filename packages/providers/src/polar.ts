import { defineProvider, type ProviderFactory, type Scheme } from '@countersign/core';
import type { PolarEvents } from './events/polar-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/polar-events.ts';

const signed = standardV1({
  header: 'webhook-signature',
  secret: {
    encoding: 'utf8',
    // The mark alone would be a key that everybody knows.
    read: (text) => (text === 'whsec_' ? '' : text),
    refuse: { polar_oat_: 'an access token, not a webhook secret', polar_pat_: 'an access token' },
  },
});

const MARKED = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/** What a `whsec_` secret decodes to, as keys: one, or none. */
function decoded(secret: Uint8Array): readonly Uint8Array[] {
  const [, base64 = ''] = MARKED.exec(new TextDecoder().decode(secret)) ?? [];
  return base64 === '' ? [] : [Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))];
}

/** Which of its two keys Polar signs with depends on when the secret was made, and the secret does not tell. */
const scheme: Scheme<'secret'> = {
  ...signed,
  key(secret) {
    const whole = signed.key(secret);
    const keys = [whole, ...decoded(secret).map((key) => signed.key(key))];
    return {
      async verify(content, envelope) {
        let matched = false;
        for (const key of keys) matched = (await key.verify(content, envelope)) === true || matched;
        return matched;
      },
      sign: (content, envelope) => whole.sign?.(content, envelope) ?? new Uint8Array(),
    };
  },
};

/**
 * Polar: Standard Webhooks. `secret` is the endpoint's, on its page in the dashboard. Of older secrets the whole text
 * is the key, `whsec_` included; of newer ones what follows is decoded. Id, time and body are covered.
 *
 * @see https://polar.sh/docs/integrate/webhooks/delivery
 */
export const polar: ProviderFactory<'secret', PolarEvents> = defineProvider({
  name: 'polar',
  docs: { url: 'https://polar.sh/docs/integrate/webhooks/delivery', read: '2026-11-22' },
  status: 'proven',
  scheme,
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'type' },
  deadline: 10,
  reactions: { '2xx': 'done', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
