import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { Delivery } from '@countersign/testing';
import type { Verdict } from './recompute.ts';

/** What is known of a receiver that is to take the weaker one. */
interface Told {
  readonly genuine: Delivery;
  readonly secret: string;
  readonly keys: readonly string[];
  readonly header: string | undefined;
}

/** A vendor that signs in two ways, or proves in a second way who it is: by its docs. */
export interface Downgrade {
  /** What its receiver is told besides, so that it takes the weaker one. */
  readonly options?: (secret: string) => Readonly<Record<string, unknown>>;
  /** With the weaker one, and that one right. */
  readonly weaken: (delivery: Delivery, told: Told) => Delivery;
  /** What the weaker one is worth where no other is. */
  readonly alone: Verdict;
  /** A wrong stronger one beside the weaker; default: the signature header, changed. */
  readonly spoil?: (weakened: Delivery) => Delivery;
}

const TOKEN = 'downgrade-token-Pq4Ws8';

const withHeader = (delivery: Delivery, name: string, text: string): Delivery => ({
  ...delivery,
  headers: { ...delivery.headers, [name]: text },
});

const header =
  (name: string, textOf: (delivery: Delivery, told: Told) => string): Downgrade['weaken'] =>
  (delivery, told) =>
    withHeader(delivery, name, textOf(delivery, told));

const query =
  (name: string, textOf: (told: Told) => string): Downgrade['weaken'] =>
  (delivery, told) => ({
    ...delivery,
    url: `${delivery.url}&${name}=${encodeURIComponent(textOf(told))}`,
  });

const sha1 = ({ body }: Delivery, { secret }: Told): string =>
  `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;

const ours = (): string => TOKEN;
const theirs = (_: Delivery, { secret }: Told): string => secret;

/** Sent besides for old receivers; ours is none. */
const oldHub: Downgrade = { weaken: header('x-hub-signature', sha1), alone: 'forged' };

/** Another name of the same header. */
const alias = (name: string): Downgrade => ({
  weaken: (delivery, { header: own = '', genuine }) => withHeader(delivery, name, genuine.headers[own] ?? ''),
  alone: 'genuine',
});

const NO_HASH = '0'.repeat(128);

const hub = (alone: Verdict): Downgrade => ({
  weaken: header('x-hub-signature', sha1),
  alone,
  spoil: (weakened) =>
    withHeader(weakened, 'x-hub-signature', `sha512=${NO_HASH}, ${weakened.headers['x-hub-signature']}`),
});

/** Signed with a key that everybody knows, as if it were a secret. */
const publicSecret = (start: string): Downgrade => ({
  weaken: header(`${start}-signature`, ({ headers, body }, { keys: [key = ''] }) => {
    const mac = createHmac('sha256', Buffer.from(key.replace('whpk_', ''), 'base64'));
    mac.update(`${headers[`${start}-id`]}.${headers[`${start}-timestamp`]}.`).update(body);
    return `v1,${mac.digest('base64')}`;
  }),
  alone: 'forged',
  spoil: (weakened) =>
    withHeader(
      weakened,
      `${start}-signature`,
      `v1a,${Buffer.alloc(64).toString('base64')} ${weakened.headers[`${start}-signature`]}`,
    ),
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** By title. */
export const downgrades: Readonly<Record<string, Downgrade>> = {
  'buildkite signature': {
    options: () => ({ token: TOKEN }),
    weaken: header('x-buildkite-token', ours),
    alone: 'genuine',
  },
  'revenuecat signature': {
    options: () => ({ authorization: TOKEN }),
    weaken: header('authorization', ours),
    alone: 'genuine',
  },
  'gitlab signing token': {
    options: (secret) => ({ secret: [`whsec_${Buffer.alloc(32, 7).toString('base64')}`, secret] }),
    weaken: header('x-gitlab-token', theirs),
    alone: 'genuine',
    spoil: (weakened) =>
      withHeader(weakened, 'webhook-signature', `v1,${Buffer.alloc(32).toString('base64')}`),
  },
  flutterwave: { weaken: header('verif-hash', theirs), alone: 'genuine' },
  vapi: { weaken: header('x-vapi-secret', theirs), alone: 'genuine' },
  'azure-event-grid Entra': {
    options: () => ({ secret: TOKEN }),
    weaken: query('secret', ours),
    alone: 'genuine',
  },
  cloudevents: { weaken: query('access_token', ({ secret }) => secret), alone: 'genuine' },
  'fireblocks v2': {
    options: () => ({ publicKey: rsa.publicKey.export({ type: 'spki', format: 'pem' }) }),
    weaken: header('fireblocks-signature', ({ body }) =>
      sign('sha512', body, rsa.privateKey).toString('base64'),
    ),
    alone: 'genuine',
  },
  'hubspot v3': {
    options: () => ({ legacy: 'v2' }),
    weaken: header('x-hubspot-signature', ({ method, url, body }, { secret }) =>
      createHash('sha256').update(secret).update(method).update(url).update(body).digest('hex'),
    ),
    alone: 'genuine',
  },
  plivo: {
    options: () => ({ legacy: 'v2' }),
    weaken: (delivery, { secret }) => {
      const mac = createHmac('sha256', secret).update(`${delivery.url.split('?', 1)[0]}nonce-of-v2`);
      const signed = withHeader(delivery, 'x-plivo-signature-v2', mac.digest('base64'));
      return withHeader(signed, 'x-plivo-signature-v2-nonce', 'nonce-of-v2');
    },
    alone: 'genuine',
  },
  'coinbase-cdp v0': {
    weaken: (delivery) => delivery,
    alone: 'genuine',
    spoil: (weakened) =>
      withHeader(
        weakened,
        'x-hook0-signature',
        `${weakened.headers['x-hook0-signature']},h=x-event-id,v1=${'0'.repeat(64)}`,
      ),
  },
  websub: hub('forged'),
  'websub with SHA-1 allowed': hub('genuine'),
  github: oldHub,
  'github form': oldHub,
  meta: oldHub,
  gitea: oldHub,
  forgejo: oldHub,
  attio: alias('x-attio-signature'),
  ramp: alias('x-ramp-signature'),
  sentry: alias('sentry-app-signature'),
  shopify: alias('shopify-hmac-sha256'),
  'recall-ai': alias('svix-signature'),
  'svix v1': alias('webhook-signature'),
  'svix v1a': publicSecret('svix'),
  'standard-webhooks v1a': publicSecret('webhook'),
};
