import { createHmac } from 'node:crypto';
import {
  createReceiver,
  defineProvider,
  hmac,
  type OpenEvents,
  type Provider,
  type Scheme,
  type SchemeKey,
  type SecretInput,
  token,
  type WebhookRequest,
} from '@countersign/core';
import type { Crypto } from '../../../core/src/crypto/crypto.ts';
import { earlyExit } from './early-exit.ts';
import type { Expected, Kind, Subject } from './take-samples.ts';

const BODY = Buffer.from('{"type":"ping"}');
const SECRETS = Array.from({ length: 8 }, (_, at) => `a secret of the tests, number ${at}`);
const [SECRET] = SECRETS as [string];

/** As many as one header may hold: whoever measures sends them all. */
const SIGNATURES = 16;

/** Comparisons that one duration is taken of: a single one is shorter than a tick of the clock. */
const AT_ONCE = 200;

const grammar = { header: 'x-signature', labels: { separator: ' ', label: 'v1' } } as const;

const macOf = (secret: string): Buffer => createHmac('sha256', secret).update(BODY).digest();

/** The same bytes but for one. */
function wrongAt(bytes: Uint8Array, at: number): Buffer {
  const wrong = Buffer.from(bytes);
  wrong[at] = (wrong[at] as number) ^ 1;
  return wrong;
}

const requestWith = (signatures: readonly string[]): WebhookRequest => ({
  method: 'POST',
  url: '/hooks',
  headers: new Headers({ 'x-signature': signatures.map((signature) => `v1,${signature}`).join(' ') }),
  body: BODY,
});

const providerOf = (scheme: Scheme<'secret'>, secret: SecretInput = SECRET): Provider<OpenEvents> =>
  defineProvider({ name: 'timed', scheme, type: { payload: 'type' } })({ secret });

const refuser = (provider: Provider<OpenEvents>) =>
  createReceiver(provider, { store: false, logger: false, on: {} });

/** The scheme with the comparison that ends early, over the same bytes. */
function withEarlyExit(scheme: Scheme<'secret'>): Scheme<'secret'> {
  return {
    ...scheme,
    key(secret) {
      const own = scheme.key(secret) as Required<SchemeKey>;
      return {
        async verify(content, { signatures }) {
          const expected = await own.sign(content);
          let matched = false;
          for (const signature of signatures) matched = earlyExit(expected, signature) || matched;
          return matched;
        },
      };
    },
  };
}

/** A key that is all keys, and stops at the first that made the signature. */
function withShortCut(scheme: Scheme<'secret'>, secrets: readonly string[]): Scheme<'secret'> {
  const keys = secrets.map((secret) => scheme.key(Buffer.from(secret)));
  return {
    ...scheme,
    key: () => ({
      async verify(content, envelope) {
        for (const key of keys) if (await key.verify(content, envelope)) return true;
        return false;
      },
    }),
  };
}

const mac = hmac({ ...grammar, hash: 'sha256', encoding: 'hex', content: ['body'] });
const constant = token(grammar);
const TOKEN = 'a-token-of-sixty-four-characters-that-is-sent-as-it-is-every-time';

type Timed = Pick<Subject, 'prepare' | 'act'>;

const BYTES = 'the first byte wrong, or the last';

/** Both inputs in the same bytes of memory: where something lies can be seen, too. */
function comparison(equal: Crypto['equal']): Timed {
  const expected = macOf(SECRET);
  const signature = Buffer.from(expected);
  const end = expected.length - 1;
  return {
    prepare(kind) {
      signature[0] = (expected[0] as number) ^ Number(kind === 'first');
      signature[end] = (expected[end] as number) ^ Number(kind === 'last');
    },
    act() {
      let matched = false;
      for (let time = 0; time < AT_ONCE; time++) matched = equal(expected, signature) || matched;
      return matched;
    },
  };
}

/** Each input is made anew: of one that is kept, it would be seen how well it lies in memory. */
function overFresh<Input>(make: (kind: Kind) => Input, act: (input: Input) => unknown): Timed {
  let input: Input;
  return {
    prepare(kind) {
      input = make(kind);
    },
    act: () => act(input),
  };
}

function refusal(scheme: Scheme<'secret'>, genuine: Buffer, encoding: 'hex' | 'utf8'): Timed {
  const receiver = refuser(providerOf(scheme, encoding === 'utf8' ? TOKEN : SECRET));
  return overFresh(
    (kind) => {
      const signature = wrongAt(genuine, kind === 'first' ? 0 : genuine.length - 1).toString(encoding);
      return requestWith(Array.from({ length: SIGNATURES }, () => signature));
    },
    (request) => receiver.handle(request),
  );
}

function matching(provider: Provider<OpenEvents>): Timed {
  const receiver = refuser(provider);
  const right = (at: number): string => macOf(SECRETS.at(at) as string).toString('hex');
  const macs = { first: right(0), last: right(-1) };
  return overFresh(
    (kind) => requestWith([macs[kind]]),
    (request) => receiver.verify(request),
  );
}

/** The same forgery, to receivers that are configured differently. */
function refusing(providers: Readonly<Record<Kind, Provider<OpenEvents>>>): Timed {
  const request = requestWith([wrongAt(macOf(SECRET), 0).toString('hex')]);
  return overFresh(
    (kind) => refuser(providers[kind]),
    (receiver) => receiver.handle(request),
  );
}

/** In three times the pairs: a mistake of some hundred nanoseconds in a refusal that takes a hundred times as long. */
const inMore = (subject: Subject): Subject => ({ ...subject, samples: 3 * subject.samples });

/** What is measured: each beside the mistake that it must not be. */
export const subjectsOf = (crypto: Crypto, samples: number): readonly Subject[] => {
  const subject = (name: string, of: string, timed: Timed, expected: Expected = 'alike'): Subject => ({
    name,
    of,
    expected,
    samples,
    ...timed,
  });
  const genuine = macOf(SECRET);
  const sentToken = Buffer.from(TOKEN);
  return [
    subject(`${AT_ONCE} comparisons`, BYTES, comparison(crypto.equal)),
    subject('… that end early', BYTES, comparison(earlyExit), 'planted'),
    subject('refusing an HMAC', BYTES, refusal(mac, genuine, 'hex')),
    inMore(subject('… that ends early', BYTES, refusal(withEarlyExit(mac), genuine, 'hex'), 'planted')),
    subject('refusing a token', BYTES, refusal(constant, sentToken, 'utf8')),
    inMore(
      subject('… that ends early', BYTES, refusal(withEarlyExit(constant), sentToken, 'utf8'), 'planted'),
    ),
    subject(
      'accepting one of 8 secrets',
      'the first secret right, or the last',
      matching(providerOf(mac, SECRETS)),
    ),
    subject(
      '… that stops at it',
      'the first secret right, or the last',
      matching(providerOf(withShortCut(mac, SECRETS))),
      'planted',
    ),
    subject(
      'refusing an HMAC',
      'one secret configured, or 8',
      refusing({ first: providerOf(mac), last: providerOf(mac, SECRETS) }),
      'known',
    ),
    subject(
      'refusing an HMAC',
      'a tenant that is not known, or one that is',
      refusing({ first: providerOf(mac, () => undefined), last: providerOf(mac, () => SECRET) }),
      'known',
    ),
  ];
};
