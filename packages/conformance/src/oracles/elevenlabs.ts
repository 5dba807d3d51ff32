import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'wsec_conformance';

/** The SDK verifies and cannot sign. */
export const elevenlabs: Oracle = {
  name: 'elevenlabs',
  provider: 'elevenlabs',
  sdk: '@elevenlabs/elevenlabs-js',
  needs: '@elevenlabs/elevenlabs-js',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { ElevenLabsClient } = await sdk('@elevenlabs/elevenlabs-js');
      const { webhooks } = new ElevenLabsClient({ apiKey: 'conformance' });
      await webhooks.constructEvent(text(delivery), header(delivery, 'elevenlabs-signature'), secret);
      return true;
    }),
  weaknesses: [
    'accepts future timestamps',
    'reads one signature of several',
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'refuses upper-case hex',
  ],
};
