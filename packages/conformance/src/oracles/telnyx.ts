import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

/** A throw-away key pair: its private half as PKCS #8, its public half as Mission Control shows one. */
const privateKey = 'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g';
const publicKey = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const stranger = 'PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=';

/** The SDK only verifies. */
export const telnyx: Oracle = {
  name: 'telnyx',
  provider: 'telnyx',
  sdk: 'telnyx',
  needs: 'telnyx',
  options: { publicKey },
  stranger: { publicKey: stranger },
  privateKey,
  verify: (delivery) =>
    verdict(async () => {
      const { TelnyxWebhook } = await sdk('telnyx/lib/webhooks');
      await new TelnyxWebhook(publicKey).verify(text(delivery), {
        'telnyx-signature-ed25519': header(delivery, 'telnyx-signature-ed25519'),
        'telnyx-timestamp': header(delivery, 'telnyx-timestamp'),
      });
      return true;
    }),
  weaknesses: ['hashes the body as text'],
};
