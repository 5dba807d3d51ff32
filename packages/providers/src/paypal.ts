import {
  defineProvider,
  type Envelope,
  misconfigured,
  type ProviderFactory,
  rsa,
  type Scheme,
} from '@countersign/core';
import { certificateKey } from './keys/certificate-key.ts';
import { fetcherOf } from './keys/fetcher-of.ts';
import { withFoundKeys } from './keys/found-keys.ts';
import { createKeySource } from './keys/key-source.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { pinnedUrl } from './keys/pinned-url.ts';
import { crc32 } from './schemes/crc32.ts';

const PATH = /^\/v1\/notifications\/certs\/[\w-]{1,128}$/;

/** Where the certificates of each environment come from, and whom they are for. */
const environments = {
  live: {
    hosts: ['api.paypal.com', 'api-m.paypal.com'],
    commonName: /^messageverificationcerts\.(?!.*\bsandbox\b)(?:[a-z0-9-]+\.)*paypal\.com$/,
  },
  sandbox: {
    hosts: ['api.sandbox.paypal.com', 'api-m.sandbox.paypal.com'],
    commonName: /^messageverificationcerts\.(?:[a-z0-9-]+\.)*sandbox\.paypal\.com$/,
  },
} as const;

const ID = 'paypal-transmission-id';
const TIME = 'paypal-transmission-time';

function schemeOf({ webhookId, environment = 'live', fetch }: PaypalOptions): Scheme<never> {
  if (typeof webhookId !== 'string' || !/^[A-Za-z0-9-]+$/.test(webhookId)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'webhookId is missing: the id that PayPal shows beside this endpoint, which its signatures cover',
    );
  }
  if (!Object.hasOwn(environments, environment)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      `environment is ${Object.keys(environments).join(' or ')}`,
    );
  }
  const { hosts, commonName } = environments[environment];
  const pin = { hosts, path: PATH };
  const plain: Scheme = rsa({
    header: 'paypal-transmission-sig',
    hash: 'sha256',
    padding: 'pkcs1',
    encoding: 'base64',
    content: [{ header: ID }, { text: '|' }, 'timestamp', { text: `|${webhookId}|` }],
  });
  const signature: Scheme = {
    ...plain,
    kind: 'paypal',
    content: ({ request, timestamp = '', body }) => [
      `${request.headers.get(ID) ?? ''}|${timestamp}|${webhookId}|${crc32(body)}`,
    ],
  };
  const load = fetcherOf({ ...pin, fetch }, async (text) => {
    const certificate = await certificateKey(text, [plain]);
    if (!commonName.test(certificate.commonName ?? ''))
      throw new TypeError('the certificate is not for this');
    return certificate;
  });
  const find = createKeySource({ load });

  return withFoundKeys(signature, async ({ request, timestamp = '', now }: Envelope) => {
    const url = request.headers.get('paypal-cert-url') ?? '';
    if (request.headers.get('paypal-auth-algo') !== 'SHA256withRSA') return [];
    if (pinnedUrl(url, pin) === undefined) return [];
    const certificate = await find(url, now);
    // At the time that is signed, which must itself be near to now.
    const at = Date.parse(timestamp);
    const isValid = certificate && at >= certificate.notBefore && at <= certificate.notAfter;
    return isValid ? certificate.keys : [];
  });
}

/** Options of {@link paypal}. */
export interface PaypalOptions extends FetchOption {
  /** The id that PayPal shows beside the endpoint (`8PT597110X687430LKGECATA`). It is a part of what is signed. */
  readonly webhookId: string | undefined;
  /** Whose events: they come with certificates of their own. Default: `live`. */
  readonly environment?: keyof typeof environments | undefined;
}

/**
 * PayPal, verified by its certificates: fetched from exact hosts and one path, for the right name, valid when the
 * delivery was signed. That they come from PayPal is what the TLS of those hosts vouches for; their chain is not
 * checked again.
 *
 * **The signature covers of the body its CRC32 only**, a checksum and no hash. It shows that PayPal sent a delivery to
 * this endpoint, and an accident on the way; it does not hold against somebody who has seen one genuine delivery, who
 * can write another body of the same checksum. So treat an event as a hint, and ask PayPal's API for the resource it
 * names before anything is paid out; or ask it about the delivery (`verify-webhook-signature`).
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without a `webhookId`
 * @see https://developer.paypal.com/api/rest/webhooks/rest/
 */
export const paypal: ProviderFactory<never, Record<string, unknown>, PaypalOptions> = defineProvider({
  name: 'paypal',
  docs: { url: 'https://github.com/paypal/PayPal-Java-SDK', read: '2026-11-22' },
  status: 'proven',
  scheme: schemeOf,
  timestamp: {
    header: TIME,
    unit: 'rfc3339',
    // Retried for three days, and it is not said whether a retry is signed anew.
    tolerance: { past: 259_500, future: 300 },
  },
  id: { payload: 'id' },
  type: { payload: 'event_type' },
  // 25 attempts over three days.
  horizon: 259_200,
  reactions: { '2xx': 'done', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
