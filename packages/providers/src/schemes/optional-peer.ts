import { WebhookError } from '@countersign/core';

/**
 * What a package brings that only a few providers need, and that is not installed with this one.
 *
 * @param name of the package, for the message
 * @param load imports it: a literal `import()`, which bundlers follow
 * @throws WebhookError `ERR_WEBHOOK_SECRET_UNAVAILABLE` where it cannot be loaded
 */
export async function optionalPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new WebhookError(
      'ERR_WEBHOOK_SECRET_UNAVAILABLE',
      `no key can be made without the package ${name}, which this provider needs: npm install ${name}`,
      { cause },
    );
  }
}
