import { defineProvider, emptyResponse, type Handshake, hmac, type ProviderFactory } from '@countersign/core';
import { proving } from './schemes/proving.ts';

const HEADER = 'x-wc-webhook-signature';
const TOPIC = 'x-wc-webhook-topic';

/** Sent, unsigned, when a webhook is saved; it must be answered with 200. A body that is anything more is not one. */
const ping: Handshake = {
  name: 'ping',
  stage: 'body',
  methods: ['POST'],
  answer({ request, body }) {
    if (body.length > 64 || request.headers.get(HEADER) !== null) return undefined;
    return /^webhook_id=\d{1,20}$/.test(new TextDecoder().decode(body)) ? emptyResponse(200) : undefined;
  },
};

const CHARACTERS: Readonly<Record<string, string>> = { 34: '"', 38: '&', 39: "'", 60: '<', 62: '>' };
const NAMES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>' };
const HEX: Readonly<Record<string, string>> = { 22: '"', 26: '&', 27: "'" };

/** WordPress keeps special characters as entities, and signs with what they stand for. Each is decoded once. */
const withoutEntities = (secret: string): string =>
  secret.replace(
    /&(?:(quot|amp|lt|gt)|#0*(34|38|39|60|62)|#[xX]0*(22|26|27));/g,
    (entity, name = '', decimal = '', hex = '') => NAMES[name] ?? CHARACTERS[decimal] ?? HEX[hex] ?? entity,
  );

/**
 * WooCommerce. `secret` is the webhook's, as you typed it or as the database keeps it. Answers the unsigned ping that
 * follows saving a webhook. The topic stands in a header that the signature does not cover. Equal bodies of one topic
 * are one delivery: the delivery id names a second, in which several may be sent, and no more. WooCommerce never
 * retries, and switches a webhook off after five failures in a row.
 *
 * @see https://woocommerce.com/document/webhooks/
 */
export const woocommerce: ProviderFactory<'secret'> = defineProvider({
  name: 'woocommerce',
  docs: {
    url: 'https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/includes/class-wc-webhook.php',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: proving(
    hmac({
      header: HEADER,
      hash: 'sha256',
      encoding: 'base64',
      content: ['body'],
      secret: { encoding: 'utf8', read: withoutEntities },
    }),
    ({ request, body }) => ({ content: [`${request.headers.get(TOPIC) ?? ''}\n`, body] }),
  ),
  type: { header: TOPIC },
  handshakes: [ping],
  deadline: 60,
  horizon: 0,
  reactions: { '2xx': 'done', '4xx': 'drop', '5xx': 'drop', timeout: 'drop' },
});
