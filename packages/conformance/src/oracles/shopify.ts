import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

const secret = 'conformance-client-secret';
const apiVersion = '2026-07';

async function webhooks() {
  await sdk('@shopify/shopify-api/adapters/web-api');
  const { shopifyApi } = await sdk('@shopify/shopify-api');
  const api = shopifyApi({
    apiKey: 'conformance',
    apiSecretKey: secret,
    hostName: 'hooks.example.com',
    apiVersion,
    isEmbeddedApp: false,
    logger: { log: () => {} },
  });
  return api.webhooks;
}

/** The payload is the body. */
export const shopify: Oracle = {
  name: 'shopify',
  provider: 'shopify',
  sdk: '@shopify/shopify-api',
  needs: '@shopify/shopify-api',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const { createSHA256HMAC } = await sdk('@shopify/shopify-api/runtime');
    const body = JSON.stringify(payload);
    return {
      method: 'POST',
      url: 'https://hooks.example.com/shopify',
      headers: {
        'content-type': 'application/json',
        'x-shopify-api-version': apiVersion,
        'x-shopify-event-id': id,
        'x-shopify-hmac-sha256': await createSHA256HMAC(secret, body),
        'x-shopify-shop-domain': 'example.myshopify.com',
        'x-shopify-topic': type,
        'x-shopify-triggered-at': new Date(timestamp * 1000).toISOString(),
        'x-shopify-webhook-id': id,
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const rawRequest = new Request(delivery.url, { method: delivery.method, headers: delivery.headers });
      return (await (await webhooks()).validate({ rawBody: text(delivery), rawRequest })).valid;
    }),
  event: {
    headers: { 'x-shopify-shop-domain': 'example.myshopify.com', 'x-shopify-api-version': apiVersion },
  },
  weaknesses: ['hashes the body as text', 'refuses an empty body', 'needs unsigned headers too'],
};
