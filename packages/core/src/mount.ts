import { misconfigured } from './errors.ts';
import type { Receiver } from './receiver.ts';

/**
 * For adapters: checks that a receiver is mounted by the function that suits it.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT`
 */
export function assertMount(
  receiver: Pick<Receiver, 'name' | 'handles'>,
  by: 'webhook' | 'verifyWebhook',
): void {
  if (receiver.handles === (by === 'webhook')) return;
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_MOUNT',
    receiver.handles
      ? `the receiver "${receiver.name}" has handlers (\`on\` or \`enqueue\`): mount it with webhook()`
      : `the receiver "${receiver.name}" has no handlers: give it \`on\`, or mount it with verifyWebhook() before a route of your own`,
  );
}
