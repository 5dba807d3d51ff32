import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'conformance-secret-token';

/** The SDK writes every event that it is given to the console. */
async function silently(ask: () => Promise<{ statusCode: number }>): Promise<number> {
  const { debug, error } = console;
  Object.assign(console, { debug: () => undefined, error: () => undefined });
  try {
    return (await ask()).statusCode;
  } finally {
    Object.assign(console, { debug, error });
  }
}

export const zoom: Oracle = {
  name: 'zoom',
  provider: 'zoom',
  sdk: '@zoom/rivet',
  needs: '@zoom/rivet',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { AwsLambdaReceiver } = await sdk('@zoom/rivet/teamchat');
      const receiver = new AwsLambdaReceiver({ webhooksSecretToken: secret });
      receiver.init({ eventEmitter: { emit: async () => undefined } });
      const event = { body: text(delivery), headers: delivery.headers, isBase64Encoded: false };
      return (await silently(() => receiver.start()(event, {}))) === 200;
    }),
  weaknesses: [
    'never checks the timestamp',
    'reads the timestamp loosely',
    'hashes the body as text',
    'hashes a re-serialised body',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'refuses upper-case hex',
  ],
};
