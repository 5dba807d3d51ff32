import {
  defineProvider,
  emptyResponse,
  type Handshake,
  handshakeRefused,
  misconfigured,
  type ProviderFactory,
  payloadHandshake,
  rsa,
  type Scheme,
} from '@countersign/core';
import { type CertificateKey, certificateKey } from './keys/certificate-key.ts';
import { fetcherOf } from './keys/fetcher-of.ts';
import { withFoundKeys } from './keys/found-keys.ts';
import { createKeySource } from './keys/key-source.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { pinnedUrl } from './keys/pinned-url.ts';
import { confirmSubscription } from './schemes/confirm-subscription.ts';
import { canonical, SIGNED_FIELDS } from './schemes/sns-canonical.ts';
import type { SnsConfirmation, SnsMessage } from './schemes/sns-message.ts';

export type * from './schemes/sns-message.ts';

/** What it sends, by type. */
export interface AwsSnsEvents {
  Notification: SnsMessage;
  UnsubscribeConfirmation: SnsConfirmation;
}

/** Options of {@link awsSns}. */
export interface AwsSnsOptions extends FetchOption {
  /**
   * The topics to listen to. SNS signs for all of its customers with the same keys, and anyone can subscribe your
   * endpoint to a topic of his own: `'*'` takes those too.
   */
  readonly topicArns: readonly string[] | '*';
  /**
   * `manual`: a subscription is only told to `onSubscription`, and waits. `automatic`: it is confirmed, if its topic
   * is among `topicArns`. Default: `manual`.
   */
  readonly confirm?: 'manual' | 'automatic' | undefined;
  /** Is given each request for confirmation, verified; confirm it by a visit to its `SubscribeURL`. */
  readonly onSubscription?: ((message: SnsConfirmation) => unknown) | undefined;
  /** Where certificates may come from. Default: `sns.<region>.amazonaws.com`, also with `.cn`. */
  readonly hosts?: readonly string[] | RegExp | undefined;
}

const HOSTS = /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(?:\.cn)?$/;
const CERTIFICATE = /^\/SimpleNotificationService-[A-Za-z0-9]{32}\.pem$/;

const schemeWith = (hash: 'sha1' | 'sha256'): Scheme => ({
  ...rsa({
    payload: 'Signature',
    hash,
    padding: 'pkcs1',
    encoding: 'base64',
    content: SIGNED_FIELDS.map((payload) => ({ payload })),
  }),
  kind: 'aws-sns',
  content: ({ payload }) => [canonical(payload) ?? ''],
});

/** `SignatureVersion` is not signed itself, so that there is nothing but these two to choose from. */
const versions = ['1', '2'];
const schemes = [schemeWith('sha1'), schemeWith('sha256')];

function schemeOf({ topicArns, hosts = HOSTS, fetch }: AwsSnsOptions): Scheme<never> {
  const isList = Array.isArray(topicArns) && topicArns.length > 0;
  if (topicArns !== '*' && !(isList && topicArns.every((arn) => /^arn:[\w-]+:sns:/.test(arn)))) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'topicArns is missing: the ARNs of the topics to listen to, or "*" for anybody’s',
    );
  }
  const pin = { hosts, path: CERTIFICATE };
  const load = fetcherOf({ ...pin, fetch }, (text) => certificateKey(text, schemes));
  const find = createKeySource<CertificateKey>({ load });

  return withFoundKeys(schemes[1] as Scheme, async ({ payload, now }) => {
    const message = payload as SnsMessage;
    const version = versions.indexOf(message.SignatureVersion);
    if (version < 0 || canonical(message) === undefined) return [];
    if (topicArns !== '*' && !topicArns.includes(message.TopicArn)) return [];
    const url = message.SigningCertURL ?? message.SigningCertUrl;
    if (typeof url !== 'string' || pinnedUrl(url, pin) === undefined) return [];
    const key = (await find(url, now))?.keys[version];
    return key ? [key] : [];
  });
}

function subscription({
  topicArns,
  confirm = 'manual',
  onSubscription,
  hosts = HOSTS,
  fetch,
}: AwsSnsOptions): readonly Handshake[] {
  if (confirm !== 'manual' && confirm !== 'automatic') {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', 'confirm is "manual" or "automatic"');
  }
  if (confirm === 'automatic' && topicArns === '*') {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'confirm: "automatic" subscribes you to any topic that anybody names: list topicArns',
    );
  }
  return [
    payloadHandshake('subscription', 'Type', 'SubscriptionConfirmation', async (payload) => {
      const message = payload as SnsConfirmation;
      await onSubscription?.(message);
      if (confirm === 'automatic' && !(await confirmSubscription({ hosts, fetch }, message))) {
        throw handshakeRefused('the SubscribeURL does not confirm this subscription');
      }
      return emptyResponse(200);
    }),
  ];
}

/**
 * Amazon SNS over HTTPS, signature versions 1 (SHA-1) and 2 (SHA-256), also as Lambda spells them. Certificates are
 * fetched from SNS itself, whose TLS is what vouches for them, as in Amazon's own validators: neither their chain nor
 * their dates are checked. Raw message delivery is not signed at all and cannot be verified: leave it off.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without `topicArns`, or with `confirm: 'automatic'` for `'*'`
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export const awsSns: ProviderFactory<never, AwsSnsEvents, AwsSnsOptions> = defineProvider({
  name: 'aws-sns',
  docs: {
    url: 'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: schemeOf,
  timestamp: {
    payload: 'Timestamp',
    unit: 'rfc3339',
    // The time of publishing: retries go on for an hour, which is the most that a delivery policy may ask for.
    tolerance: { past: 3_900, future: 300 },
  },
  id: { payload: 'MessageId' },
  type: { payload: 'Type' },
  handshakes: subscription,
  horizon: 3_600,
});
