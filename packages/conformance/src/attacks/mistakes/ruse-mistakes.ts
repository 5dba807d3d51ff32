import { createHmac } from 'node:crypto';
import type { Delivery } from '@countersign/testing';
import { NOW } from '../../privacy/confidants.ts';
import type { Careless } from './mistakes.ts';

type Content = readonly (string | Uint8Array)[];

const mac = (secret: string | Buffer, encoding: 'hex' | 'base64', ...content: Content): string =>
  content.reduce((hmac, part) => hmac.update(part), createHmac('sha256', secret)).digest(encoding);

const isNear = (time: string): boolean => Math.abs(Number(time) * 1000 - NOW) < 300_000;

/** Slack's, which takes one of several times. */
const slackBy =
  (choose: (times: readonly string[]) => string | undefined) =>
  ({ headers, body }: Delivery, secret: string): boolean => {
    const time = choose((headers['x-slack-request-timestamp'] ?? '').split(', ')) ?? '';
    return (
      isNear(time) && headers['x-slack-signature'] === `v0=${mac(secret, 'hex', 'v0:', time, ':', body)}`
    );
  };

/** Replicate's, by Standard Webhooks, which joins and does not ask what it joined. */
function replicateBy({ headers, body }: Delivery, secret: string, id: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const time = headers['webhook-timestamp'] ?? '';
  return (
    isNear(time) && headers['webhook-signature'] === `v1,${mac(key, 'base64', id, '.', time, '.', body)}`
  );
}

/** Stripe's, which takes one of several times. */
const stripeBy =
  (choose: (times: readonly string[]) => string | undefined) =>
  ({ headers, body }: Delivery, secret: string): boolean => {
    const pairs = (headers['stripe-signature'] ?? '').split(',').map((pair) => pair.split('='));
    const valuesOf = (label: string) =>
      pairs.filter(([name]) => name === label).map(([, value = '']) => value);
    const time = choose(valuesOf('t')) ?? '';
    return isNear(time) && valuesOf('v1').includes(mac(secret, 'hex', time, '.', body));
  };

const inQuery = ({ url }: Delivery, name: string): readonly string[] =>
  new URL(url).searchParams.getAll(name);
const inJson = ({ body }: Delivery): Record<string, unknown> => JSON.parse(Buffer.from(body).toString());

/** A mistake, and the ruse that must find it. */
export interface Deceived extends Careless {
  readonly ruse: string;
}

/** Mistakes that a ruse must find. */
export const ruseMistakes: Readonly<Record<string, Deceived>> = {
  'takes any bytes for an address': {
    file: 'square',
    ruse: 'what is signed, cut elsewhere',
    isTaken: ({ url, headers, body }, secret) =>
      headers['x-square-hmacsha256-signature'] === mac(secret, 'base64', url, body),
  },
  'reads a time as far as it is a number': {
    file: 'slack',
    ruse: 'what is signed, cut elsewhere',
    isTaken: ({ headers, body }, secret) => {
      const time = headers['x-slack-request-timestamp'] ?? '';
      const signature = `v0=${mac(secret, 'hex', 'v0:', time, ':', body)}`;
      return isNear(String(Number.parseInt(time, 10))) && headers['x-slack-signature'] === signature;
    },
  },
  'takes an id with the mark in it': {
    file: 'replicate',
    ruse: 'a body that was a time and a body',
    isTaken: (sent, secret) => replicateBy(sent, secret, sent.headers['webhook-id'] ?? ''),
  },
  'never looks at the time in the body': {
    file: 'mailgun JSON',
    ruse: 'two fields, cut elsewhere',
    isTaken: (sent, secret) => {
      const { timestamp, token, signature } = inJson(sent).signature as Record<string, string>;
      return signature === mac(secret, 'hex', `${timestamp}${token}`);
    },
  },
  'takes the first of two times': {
    file: 'slack',
    ruse: 'two times, the right one first',
    isTaken: slackBy((times) => times[0]),
  },
  'takes the last of two times': {
    file: 'slack',
    ruse: 'two times, the right one last',
    isTaken: slackBy((times) => times.at(-1)),
  },
  'takes the first of two ids': {
    file: 'replicate',
    ruse: 'two ids, the right one first',
    isTaken: (sent, secret) =>
      replicateBy(sent, secret, (sent.headers['webhook-id'] ?? '').split(', ')[0] ?? ''),
  },
  'takes the last of two ids': {
    file: 'replicate',
    ruse: 'two ids, the right one last',
    isTaken: (sent, secret) =>
      replicateBy(sent, secret, (sent.headers['webhook-id'] ?? '').split(', ').at(-1) ?? ''),
  },
  'takes the first of two times beside the signature': {
    file: 'stripe',
    ruse: 'two times beside the signature, the right one first',
    isTaken: stripeBy((times) => times[0]),
  },
  'takes the last of two times beside the signature': {
    file: 'stripe',
    ruse: 'two times beside the signature, the right one last',
    isTaken: stripeBy((times) => times.at(-1)),
  },
  'compares as far as the parameter goes': {
    file: 'pandadoc',
    ruse: 'in its place, cut off',
    isTaken: (sent, secret) => mac(secret, 'hex', sent.body).startsWith(inQuery(sent, 'signature')[0] ?? ''),
  },
  'looks for the signature anywhere in the parameter': {
    file: 'pandadoc',
    ruse: 'in its place, with more behind it',
    isTaken: (sent, secret) => (inQuery(sent, 'signature')[0] ?? '').includes(mac(secret, 'hex', sent.body)),
  },
  'takes any of several parameters': {
    file: 'strava',
    ruse: 'in its place, the right one last',
    isTaken: (sent, secret) => inQuery(sent, 'secret').includes(secret),
  },
  'takes what is no text for one': {
    file: 'figma',
    ruse: 'in its place, no text',
    isTaken: (sent, secret) => String(inJson(sent).passcode) === secret,
  },
  'asks only where there is a token': {
    file: 'livechat',
    ruse: 'in its place, left out',
    isTaken: (sent, secret) => [undefined, secret].includes(inJson(sent).secret_key as string | undefined),
  },
  'takes a text that is empty': {
    file: 'aircall',
    ruse: 'in its place, nothing',
    isTaken: (sent, secret) => ['', secret].includes(String(inJson(sent).token)),
  },
  'trims the token': {
    file: 'ko-fi',
    ruse: 'in its place, with more before it',
    isTaken: (sent, secret) => String(inJson(sent).verification_token).trim() === secret,
  },
};
