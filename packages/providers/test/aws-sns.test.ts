import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AwsSnsOptions, awsSns, type SnsConfirmation } from '../src/aws-sns.ts';
import {
  configurationError,
  judge,
  NOW,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';
import { selfSigned } from './support/self-signed.ts';
import { vectorsOf } from './support/vectors.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { certificate } = selfSigned({ hosts: ['sns.amazonaws.com'], keys });

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:orders';
const SNS = 'https://sns.us-east-1.amazonaws.com';
const CERTIFICATE = `${SNS}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`;
const SUBSCRIBE = `${SNS}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37f`;

type Message = Record<string, string | null>;

const notification: Message = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: TOPIC,
  Message: '{"order":1}',
  Timestamp: new Date(NOW).toISOString(),
};
const { Type: _, ...common } = notification;
const confirmation: Message = {
  Type: 'SubscriptionConfirmation',
  ...common,
  Token: '2336412f37f',
  SubscribeURL: SUBSCRIBE,
};

/** Straight from the documentation: names and values of what is there, in the order of the names. */
function signed(message: Message, more: Message = {}): ReturnType<typeof request> {
  const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names.filter((name) => message[name]).map((name) => `${name}\n${message[name]}\n`);
  const body = {
    ...message,
    SignatureVersion: '2',
    Signature: sign('sha256', Buffer.from(text.join('')), keys.privateKey).toString('base64'),
    SigningCertURL: CERTIFICATE,
    ...more,
  };
  return request({ headers: { 'content-type': 'text/plain; charset=UTF-8' }, body: JSON.stringify(body) });
}

/** The network: what was asked for, and what of it is there. */
function network(status = 200) {
  const asked: string[] = [];
  const fetch = async (address: unknown): Promise<Response> => {
    asked.push(String(address));
    return new Response(String(address).endsWith('.pem') ? certificate : '<ok/>', { status });
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

const provider = (options: Partial<AwsSnsOptions> = {}, { fetch } = network()) =>
  awsSns({ topicArns: [TOPIC], fetch, ...options });

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe('a subscription', () => {
  it('is told, not confirmed', async () => {
    const net = network();
    const told: SnsConfirmation[] = [];
    const receiver = receiverOf(provider({ onSubscription: (message) => told.push(message) }, net));
    expect(await receiver.handle(signed(confirmation))).toMatchObject({ status: 200 });
    expect(await receiver.receive(signed(confirmation))).toMatchObject({
      kind: 'handshake',
      handshake: 'subscription',
    });
    expect(told[0]).toMatchObject({ TopicArn: TOPIC, SubscribeURL: SUBSCRIBE, Token: '2336412f37f' });
    expect(net.asked).toEqual([CERTIFICATE]);
  });

  it('is confirmed where that is wanted', async () => {
    const net = network();
    const receiver = receiverOf(provider({ confirm: 'automatic' }, net));
    expect(await receiver.handle(signed(confirmation))).toMatchObject({ status: 200 });
    expect(net.asked).toEqual([CERTIFICATE, SUBSCRIBE]);
  });

  it.each<[name: string, SubscribeURL: string]>([
    ['elsewhere', SUBSCRIBE.replace('amazonaws.com', 'evil.test')],
    ['to another topic', SUBSCRIBE.replace('orders', 'others')],
    ['by another token', SUBSCRIBE.replace('2336', '2337')],
    ['that is another action', SUBSCRIBE.replace('ConfirmSubscription', 'Unsubscribe')],
    ['and more', `${SUBSCRIBE}&AuthenticateOnUnsubscribe=true`],
    ['by http', SUBSCRIBE.replace('https', 'http')],
    ['at another path', SUBSCRIBE.replace('/?', '/x?')],
  ])('%s is not, though rightly signed', async (_name, SubscribeURL) => {
    const net = network();
    const receiver = receiverOf(provider({ confirm: 'automatic' }, net));
    const { status } = await receiver.handle(signed({ ...confirmation, SubscribeURL }));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(net.asked).toEqual([CERTIFICATE]);
  });

  it.each([
    ['to a topic that is not listened to', signed({ ...confirmation, TopicArn: `${TOPIC}2` })],
    ['that nobody signed', signed(confirmation, { Signature: 'AAAA' })],
  ])('%s is neither told nor confirmed', async (_name, sent) => {
    const net = network();
    const told: unknown[] = [];
    const options = { confirm: 'automatic', onSubscription: (each: unknown) => told.push(each) } as const;
    expect(await receiverOf(provider(options, net)).handle(sent)).toMatchObject({ status: 401 });
    expect(told).toEqual([]);
    expect(net.asked.filter((address) => address.includes('?'))).toEqual([]);
  });

  it('comes again when SNS does not answer its confirmation', async () => {
    const fetch = async (address: unknown): Promise<Response> =>
      String(address).endsWith('.pem') ? new Response(certificate) : new Response(null, { status: 500 });
    const receiver = receiverOf(provider({ confirm: 'automatic', fetch: fetch as typeof globalThis.fetch }));
    expect(await receiver.handle(signed(confirmation))).toMatchObject({ status: 503 });
  });

  it('that ended is an event', async () => {
    const { event } = await judge(
      verifierOf(provider()),
      signed({ ...confirmation, Type: 'UnsubscribeConfirmation' }),
    );
    expect(event).toMatchObject({ type: 'UnsubscribeConfirmation' });
  });
});

describe('an event', () => {
  it('has the id, type and time that are signed', async () => {
    const { event } = await judge(verifierOf(provider()), signed({ ...notification, Subject: 'New' }));
    expect(event).toMatchObject({
      id: notification.MessageId,
      type: 'Notification',
      timestamp: new Date(NOW),
      signed: { id: true, type: true, timestamp: true },
      payload: { Message: '{"order":1}', Subject: 'New' },
    });
  });

  it.each([
    ['an hour old, as the last retry is', -3_600_000, 'accepted'],
    ['older', -3_901_000, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['of tomorrow', 86_400_000, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ])('%s', async (_name, ms, verdict) => {
    const Timestamp = new Date(NOW + ms).toISOString();
    expect(await verdictOf(verifierOf(provider()), signed({ ...notification, Timestamp }))).toBe(verdict);
  });

  it.each<[name: string, more: Message]>([
    ['another host', { SigningCertURL: CERTIFICATE.replace('amazonaws.com', 'amazonaws.com.evil.test') }],
    ['a bucket', { SigningCertURL: CERTIFICATE.replace('sns.us-east-1', 'sns.s3') }],
    ['another path', { SigningCertURL: `${SNS}/x/SimpleNotificationService-${'0'.repeat(32)}.pem` }],
    ['http', { SigningCertURL: CERTIFICATE.replace('https', 'http') }],
    ['nowhere', { SigningCertURL: '' }],
    ['a user', { SigningCertURL: CERTIFICATE.replace('sns.us', 'evil.test@sns.us') }],
  ])('whose certificate is at %s has none', async (name, more) => {
    const net = network();
    const verdict = await verdictOf(verifierOf(provider({}, net)), signed(notification, more));
    // Two letters are no region.
    expect(verdict).toBe(MISMATCH);
    expect(net.asked, name).toEqual([]);
  });

  it('that is no message, or of a version that is none, has none either', async () => {
    const net = network();
    const receiver = verifierOf(provider({}, net));
    for (const more of [
      { Type: 'Other' },
      { MessageId: null },
      { SignatureVersion: '3' },
      { SignatureVersion: null },
    ]) {
      expect(await verdictOf(receiver, signed(notification, more))).toBe(MISMATCH);
    }
    expect(net.asked).toEqual([]);
  });

  it('may come from a host that is configured, and then from no other', async () => {
    const eu =
      'https://sns.eusc-de-east-1.amazonaws.eu/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem';
    const own = verifierOf(provider({ hosts: ['sns.eusc-de-east-1.amazonaws.eu'] }));
    expect(await verdictOf(own, signed(notification, { SigningCertURL: eu }))).toBe('accepted');
    expect(await verdictOf(own, signed(notification))).toBe(MISMATCH);
    expect(await verdictOf(verifierOf(provider()), signed(notification, { SigningCertURL: eu }))).toBe(
      MISMATCH,
    );
  });

  it('of anybody’s topic is taken where that is said', async () => {
    const other = signed({ ...notification, TopicArn: 'arn:aws:sns:eu-west-1:1:x' });
    expect(await verdictOf(verifierOf(provider({ topicArns: '*' })), other)).toBe('accepted');
    expect(await verdictOf(verifierOf(provider()), other)).toBe(MISMATCH);
  });

  it('is not accepted with any signed field of a genuine one changed', async () => {
    const [vector] = vectorsOf('aws-sns').filter(({ body = '' }) => body.includes('"Subject":"Hello'));
    const { options, fetched = {}, body = '', at = 0 } = vector ?? { headers: {} };
    const fetch = async (): Promise<Response> => new Response(Object.values(fetched)[0] as string);
    const receiver = verifierOf(awsSns({ topicArns: '*', fetch: fetch as typeof globalThis.fetch }), {
      now: () => at * 1000,
    });
    expect(options).toBeDefined();
    expect(await verdictOf(receiver, request({ body }))).toBe('accepted');
    const message = JSON.parse(body) as Record<string, string>;
    for (const name of ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']) {
      for (const changed of [`${message[name]}x`, '', null, undefined, 5, [message[name]]]) {
        const sent = request({ body: JSON.stringify({ ...message, [name]: changed }) });
        expect(await verdictOf(receiver, sent), `${name} ${changed}`).toBe(MISMATCH);
      }
    }
  });

  it.each(['[]', 'null', '"a"', '', '{', '{"Type":"__proto__","Signature":"AAAA"}'])(
    'is not %s',
    async (body) => {
      expect(await verdictOf(verifierOf(provider()), request({ body }))).toMatch(/^ERR_WEBHOOK_SIGNATURE_/);
    },
  );
});

describe('the options', () => {
  it.each<[name: string, options: unknown]>([
    ['without topics', {}],
    ['with no topic', { topicArns: [] }],
    ['with a topic by name', { topicArns: ['orders'] }],
    ['with one topic that is no list', { topicArns: TOPIC }],
    ['that confirm anything', { topicArns: '*', confirm: 'automatic' }],
    ['that confirm somehow', { topicArns: [TOPIC], confirm: true }],
  ])('%s throw', (_name, options) => {
    expect(configurationError(() => awsSns(options as AwsSnsOptions))).toBe('ERR_WEBHOOK_CONFIG_OPTION');
  });
});
