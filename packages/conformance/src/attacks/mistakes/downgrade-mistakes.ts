import { createHmac } from 'node:crypto';
import type { Delivery } from '@countersign/testing';
import type { HeaderLists } from '../judge.ts';
import type { Deceived } from './ruse-mistakes.ts';

const mac = (hash: string, secret: string, encoding: 'hex' | 'base64' | 'base64url', content: Uint8Array) =>
  createHmac(hash, secret).update(content).digest(encoding);

const BESIDE = 'a wrong signature, and a right one that is weaker';
const ALONE = 'a right one that is weaker, alone';

const github = ({ body }: Delivery, secret: string): string => `sha256=${mac('sha256', secret, 'hex', body)}`;

/** GitHub's, which takes one of what stands in the list. */
const githubBy =
  (isTaken: (texts: readonly string[], expected: string) => boolean) =>
  (sent: Delivery, secret: string, lists: HeaderLists = {}): boolean => {
    const name = 'x-hub-signature-256';
    return isTaken(lists[name] ?? [sent.headers[name] ?? ''], github(sent, secret));
  };

/** Monday's token, by the algorithm that it names. */
function isSignedAsItSays(token: string, secret: string): boolean {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const { alg = 'none' } = JSON.parse(Buffer.from(head, 'base64url').toString());
  if (String(alg).toLowerCase() === 'none') return true;
  return mac('sha256', secret, 'base64url', Buffer.from(`${head}.${claims}`)) === signature;
}

/** Mistakes of receivers that take more than one signature, or more than one header. */
export const downgradeMistakes: Readonly<Record<string, Deceived>> = {
  'asks for the token where the signature is wrong': {
    file: 'flutterwave',
    ruse: BESIDE,
    isTaken: ({ headers, body }, secret) =>
      headers['flutterwave-signature'] === mac('sha256', secret, 'base64', body) ||
      headers['verif-hash'] === secret,
  },
  'takes an empty signature for none': {
    file: 'vapi',
    ruse: BESIDE,
    isTaken: ({ headers, body }, secret) =>
      headers['x-vapi-signature']
        ? headers['x-vapi-signature'] === mac('sha256', secret, 'hex', body)
        : headers['x-vapi-secret'] === secret,
  },
  'takes the hash that the message names': {
    file: 'websub',
    ruse: ALONE,
    isTaken: ({ headers, body }, secret) => {
      const [hash = '', digest] = (headers['x-hub-signature'] ?? '').split('=');
      return /^sha(?:1|256|384|512)$/.test(hash) && mac(hash, secret, 'hex', body) === digest;
    },
  },
  'falls back on SHA-1': {
    file: 'github',
    ruse: ALONE,
    isTaken: (sent, secret) =>
      sent.headers['x-hub-signature-256'] === undefined
        ? sent.headers['x-hub-signature'] === `sha1=${mac('sha1', secret, 'hex', sent.body)}`
        : sent.headers['x-hub-signature-256'] === github(sent, secret),
  },
  'believes a token that nobody signed': {
    file: 'monday',
    ruse: 'a token that says that nobody signed it',
    isTaken: ({ headers }, secret) => isSignedAsItSays(headers.authorization ?? '', secret),
  },
  'takes the first of a list': {
    file: 'github',
    ruse: 'a list of headers, the right one first',
    isTaken: githubBy(([first], expected) => first === expected),
  },
  'takes the last of a list': {
    file: 'github',
    ruse: 'a list of headers, the right one last',
    isTaken: githubBy((texts, expected) => texts.at(-1) === expected),
  },
  'takes any of a list': {
    file: 'github',
    ruse: 'a list of headers, the right one twice',
    isTaken: githubBy((texts, expected) => texts.includes(expected)),
  },
  'takes no list': {
    file: 'github',
    ruse: 'a list of one header',
    isTaken: (sent, secret, lists) =>
      lists === undefined && sent.headers['x-hub-signature-256'] === github(sent, secret),
  },
};
