import { load } from '../../peers/load.mjs';
import { senders } from '../senders.ts';
import type { Contender } from './contender.ts';

const [{ default: Stripe }, { Webhook: StandardWebhook }, svix, octokit, tern] = await Promise.all(
  ['stripe', 'standardwebhooks', 'svix', '@octokit/webhooks-methods', '@hookflo/tern'].map(load),
);

const stripe = new Stripe('sk_test_bench');

/** Both read `webhook-…` headers, and parse whether it is wanted or not. */
function standard(name: string, webhook: { verify(body: Buffer, headers: object): unknown }): Contender {
  return {
    name,
    sender: 'standard-webhooks',
    job: 'verify + parse',
    prepare: ({ body, headers }) => ({ run: () => webhook.verify(body, headers) }),
  };
}

export const peers: readonly Contender[] = [
  {
    name: 'stripe',
    sender: 'stripe',
    job: 'verify',
    prepare({ body, headers }) {
      const { signature } = stripe.webhooks;
      return {
        run: () => signature.verifyHeader(body, headers['stripe-signature'], senders.stripe.secret, 300),
      };
    },
  },
  {
    name: 'stripe',
    sender: 'stripe',
    job: 'verify + parse',
    prepare: ({ body, headers }) => ({
      run: () => stripe.webhooks.constructEvent(body, headers['stripe-signature'], senders.stripe.secret),
    }),
  },
  {
    name: '@hookflo/tern',
    sender: 'stripe',
    job: 'verify + parse',
    prepare({ body, headers }) {
      const config = { platform: 'stripe', secret: senders.stripe.secret, toleranceInSeconds: 300 };
      const requests: Request[] = [];
      return {
        supply(calls) {
          while (requests.length < calls) {
            requests.push(
              new Request('http://localhost/', {
                method: 'POST',
                body: body as unknown as BodyInit,
                headers,
              }),
            );
          }
        },
        async run() {
          const result = await tern.WebhookVerificationService.verify(requests.pop(), config);
          if (!result.isValid) throw new Error(result.error);
          return result.payload;
        },
      };
    },
  },
  standard('standardwebhooks', new StandardWebhook(senders['standard-webhooks'].secret)),
  standard('svix', new svix.Webhook(senders['standard-webhooks'].secret)),
  {
    name: '@octokit/webhooks-methods',
    sender: 'github',
    job: 'verify',
    prepare: ({ body, headers }) => ({ run: () => octokitVerify(body, headers['x-hub-signature-256']) }),
  },
  {
    name: '@octokit/webhooks-methods',
    sender: 'github',
    job: 'verify + parse',
    prepare: ({ body, headers }) => ({
      async run() {
        const text = body.toString();
        await octokitVerify(text, headers['x-hub-signature-256']);
        return JSON.parse(text);
      },
    }),
  },
];

/** It takes text only. */
async function octokitVerify(body: Buffer | string, signature: string | undefined): Promise<void> {
  const isValid = await octokit.verify(senders.github.secret, body.toString(), signature);
  if (!isValid) throw new Error('mismatch');
}
