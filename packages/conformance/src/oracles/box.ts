import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const primary = 'conformance-primary-key';
const secondary = 'conformance-secondary-key';

async function validate(
  { body, headers }: { body: string; headers: Record<string, string> },
  primaryKey: string | undefined,
  secondaryKey: string | undefined,
): Promise<boolean> {
  const { WebhooksManager } = await sdk('box-node-sdk/lib/managers/webhooks');
  return WebhooksManager.validateMessage(body, headers, primaryKey, { secondaryKey });
}

export const box: Oracle = {
  name: 'box',
  provider: 'box',
  sdk: 'box-node-sdk',
  needs: 'box-node-sdk',
  options: { secret: [primary, secondary] },
  stranger: { secret: 'another-key' },
  verify: (delivery) =>
    verdict(() => validate({ body: text(delivery), headers: delivery.headers }, primary, secondary)),
  weaknesses: ['hashes the body as text', 'ignores text after the signature'],
};
