import { createHmac } from 'node:crypto';
import type { Delivery } from '@countersign/testing';
import { NOW } from '../../privacy/confidants.ts';
import type { HeaderLists, Judge } from '../judge.ts';

/** A receiver of Stripe's or GitHub's, written by hand. */
export interface Careless {
  /** Whose deliveries it takes: a title. */
  readonly file: string;
  readonly isTaken: (delivery: Delivery, secret: string, lists?: HeaderLists) => boolean;
}

const mac = (secret: string, encoding: 'hex' | 'base64', ...content: (string | Uint8Array)[]): string =>
  content.reduce((hmac, part) => hmac.update(part), createHmac('sha256', secret)).digest(encoding);

/** Stripe's pairs, with as much care as is asked for. */
function stripe(
  { headers, body }: Delivery,
  secret: string,
  { isTimed = true, trims = false, toText = false } = {},
) {
  const sent = headers['stripe-signature'] ?? '';
  const entries = sent.split(',').map((pair) => (trims ? pair.trim() : pair).split('='));
  const time = entries.find(([name]) => name === 't')?.[1] ?? '';
  const content = toText ? new TextDecoder().decode(body) : body;
  const expected = mac(secret, 'hex', time, '.', content);
  const isNear = Math.abs(Number(time) * 1000 - NOW) < 300_000;
  return (!isTimed || isNear) && entries.some(([name, value]) => name === 'v1' && value === expected);
}

const github = ({ headers }: Delivery): string => headers['x-hub-signature-256'] ?? '';
const shopify = ({ headers }: Delivery): string => headers['x-shopify-hmac-sha256'] ?? '';

/** Mistakes that verifiers have had, each of which an attack must find. */
export const mistakes: Readonly<Record<string, Careless>> = {
  'compares as far as the signature goes': {
    file: 'github',
    isTaken: (sent, secret) => `sha256=${mac(secret, 'hex', sent.body)}`.startsWith(github(sent)),
  },
  'compares the first half': {
    file: 'github',
    isTaken: (sent, secret) =>
      github(sent).slice(0, 40) === `sha256=${mac(secret, 'hex', sent.body)}`.slice(0, 40),
  },
  'looks for the signature anywhere': {
    file: 'github',
    isTaken: (sent, secret) => github(sent).includes(mac(secret, 'hex', sent.body)),
  },
  'decodes base64 leniently': {
    file: 'shopify',
    isTaken: (sent, secret) =>
      Buffer.from(shopify(sent), 'base64').equals(Buffer.from(mac(secret, 'base64', sent.body), 'base64')),
  },
  'trims the header': {
    file: 'shopify',
    isTaken: (sent, secret) => shopify(sent).trim() === mac(secret, 'base64', sent.body),
  },
  'never looks at the time': {
    file: 'stripe',
    isTaken: (sent, secret) => stripe(sent, secret, { isTimed: false }),
  },
  'takes whatever is a number for a time': {
    file: 'stripe',
    isTaken: (sent, secret) => stripe(sent, secret),
  },
  'reads the body as text first': {
    file: 'stripe',
    isTaken: (sent, secret) => stripe(sent, secret, { toText: true }),
  },
  'looks for the signature in any header, and never at the time': {
    file: 'slack',
    isTaken: ({ headers, body }, secret) =>
      Object.values(headers).some((value) =>
        value.endsWith(mac(secret, 'hex', 'v0:', headers['x-slack-request-timestamp'] ?? '', ':', body)),
      ),
  },
  'is surprised': {
    file: 'github',
    isTaken: (sent, secret) => {
      if (!github(sent).startsWith('sha256=')) throw new TypeError('no signature');
      return github(sent) === `sha256=${mac(secret, 'hex', sent.body)}`;
    },
  },
};

export const judgeWith =
  ({ isTaken }: Careless, secret: string): Judge =>
  async (delivery, lists) => {
    try {
      return isTaken(delivery, secret, lists) ? 'accepted' : 'refused';
    } catch {
      return 'broken';
    }
  };
