import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

const secret = 'conformance_private_key';
const publicKey = 'conformance_public_key';

async function gateway() {
  const braintree = await sdk('braintree');
  const { BraintreeGateway, Environment } = braintree.default ?? braintree;
  return new BraintreeGateway({
    environment: Environment.Sandbox,
    merchantId: 'conformance_merchant',
    publicKey,
    privateKey: secret,
  });
}

/** The SDK's own sample notifications. */
export const braintree: Oracle = {
  name: 'braintree',
  provider: 'braintree',
  sdk: 'braintree',
  needs: 'braintree',
  options: { secret, publicKey },
  ours: false,
  bears: ['type'],
  async sign({ id, type }) {
    const sample = await (await gateway()).webhookTesting.sampleNotification(type, id);
    return {
      method: 'POST',
      url: 'https://hooks.example.com/braintree',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: utf8(new URLSearchParams(sample).toString()),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const form = new URLSearchParams(text(delivery));
      const { webhookNotification } = await gateway();
      await webhookNotification.parse(form.get('bt_signature') ?? '', form.get('bt_payload') ?? '');
      return true;
    }),
  weaknesses: ['refuses a body that is not JSON', 'refuses upper-case hex'],
};
