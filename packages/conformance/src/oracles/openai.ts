import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c=';

/** The SDK verifies and cannot sign. */
export const openai: Oracle = {
  name: 'openai',
  provider: 'openai',
  sdk: 'openai',
  needs: 'openai',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { OpenAI } = await sdk('openai');
      const { webhooks } = new OpenAI({ apiKey: 'conformance' });
      await webhooks.verifySignature(text(delivery), delivery.headers, secret);
      return true;
    }),
  weaknesses: ['lets the message choose the algorithm', 'hashes the body as text'],
};
