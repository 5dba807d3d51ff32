import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The SDK verifies and cannot sign. */
export const anthropic: Oracle = {
  name: 'anthropic',
  provider: 'anthropic',
  sdk: '@anthropic-ai/sdk',
  needs: '@anthropic-ai/sdk',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { Anthropic } = await sdk('@anthropic-ai/sdk');
      const { webhooks } = new Anthropic({ apiKey: 'conformance' }).beta;
      webhooks.unwrap(text(delivery), { headers: delivery.headers, key: secret });
      return true;
    }),
  weaknesses: [
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
