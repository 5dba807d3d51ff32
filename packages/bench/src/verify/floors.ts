import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Delivery } from '../delivery.ts';
import { type SenderName, senders } from '../senders.ts';
import type { Contender } from './contender.ts';

/** What a delivery is about: nothing of it has to be looked for. */
interface Gist {
  readonly key: string | Buffer;
  readonly before: string;
  readonly signature: string;
  readonly encoding: 'hex' | 'base64';
}

const gists: Readonly<Record<SenderName, (delivery: Delivery) => Gist>> = {
  stripe({ headers }) {
    const [time = '', mac = ''] = (headers['stripe-signature'] as string).split(',');
    const { secret } = senders.stripe;
    return { key: secret, before: `${time.slice(2)}.`, signature: mac.slice(3), encoding: 'hex' };
  },
  'standard-webhooks'({ id, headers }) {
    const key = Buffer.from(senders['standard-webhooks'].secret.slice('whsec_'.length), 'base64');
    const signature = (headers['webhook-signature'] as string).slice('v1,'.length);
    return { key, before: `${id}.${headers['webhook-timestamp']}.`, signature, encoding: 'base64' };
  },
  github({ headers }) {
    const signature = (headers['x-hub-signature-256'] as string).slice('sha256='.length);
    return { key: senders.github.secret, before: '', signature, encoding: 'hex' };
  },
};

function check(body: Buffer, { key, before, signature, encoding }: Gist): void {
  const hmac = createHmac('sha256', key);
  if (before !== '') hmac.update(before);
  if (timingSafeEqual(hmac.update(body).digest(), Buffer.from(signature, encoding))) return;
  throw new Error('mismatch');
}

/** The least that has to be done by Node's own means. */
export const floors: readonly Contender[] = (Object.keys(gists) as SenderName[]).flatMap((sender) => {
  const gist = gists[sender];
  return [
    {
      name: 'floor',
      sender,
      job: 'verify',
      prepare(delivery) {
        const found = gist(delivery);
        return { run: () => check(delivery.body, found) };
      },
    },
    {
      name: 'floor',
      sender,
      job: 'verify + parse',
      prepare(delivery) {
        const found = gist(delivery);
        return {
          run() {
            check(delivery.body, found);
            return JSON.parse(delivery.body.toString());
          },
        };
      },
    },
  ];
});
