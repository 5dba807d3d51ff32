import { createHmac } from 'node:crypto';
import type { Provider } from '@countersign/core';
import { github } from '@countersign/providers/github';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import { stripe } from '@countersign/providers/stripe';

export type SenderName = 'stripe' | 'standard-webhooks' | 'github';

/** Someone who signs: by hand, as its documentation says, so that nothing here is measured by its own signer. */
export interface Sender {
  readonly secret: string;
  readonly provider: Provider;
  sign(body: Buffer, id: string): Record<string, string>;
}

const now = (): number => Math.floor(Date.now() / 1000);

const KEY = Buffer.alloc(24, 'countersign');

const secrets = {
  stripe: 'whsec_bench_0123456789abcdef',
  'standard-webhooks': `whsec_${KEY.toString('base64')}`,
  github: 'bench_0123456789abcdef',
};

export const senders: Readonly<Record<SenderName, Sender>> = {
  stripe: {
    secret: secrets.stripe,
    provider: stripe({ secret: secrets.stripe }),
    sign(body) {
      const at = now();
      const mac = createHmac('sha256', secrets.stripe).update(`${at}.`).update(body).digest('hex');
      return { 'stripe-signature': `t=${at},v1=${mac}` };
    },
  },
  'standard-webhooks': {
    secret: secrets['standard-webhooks'],
    provider: standardWebhooks({ secret: secrets['standard-webhooks'] }),
    sign(body, id) {
      const at = now();
      const mac = createHmac('sha256', KEY).update(`${id}.${at}.`).update(body).digest('base64');
      return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${mac}` };
    },
  },
  github: {
    secret: secrets.github,
    provider: github({ secret: secrets.github }),
    sign(body, id) {
      const mac = createHmac('sha256', secrets.github).update(body).digest('hex');
      return { 'x-github-delivery': id, 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${mac}` };
    },
  },
};
