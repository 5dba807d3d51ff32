import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'conformance-streams-secret';

/** All that the verification asks of the SDK's core, which is a package of its own. */
const core = { config: { get: ({ name }: { name: string }) => (name === 'streamsSecret' ? secret : null) } };

export const moralis: Oracle = {
  name: 'moralis',
  provider: 'moralis',
  sdk: '@moralisweb3/streams',
  needs: '@moralisweb3/streams',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { Streams } = await sdk('@moralisweb3/streams');
      const signature = header(delivery, 'x-signature');
      return Streams.create(core).verifySignature({ body: JSON.parse(text(delivery)), signature });
    }),
  weaknesses: [
    'hashes a re-serialised body',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'refuses upper-case hex',
  ],
};
