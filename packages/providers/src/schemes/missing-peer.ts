import { WebhookError } from '@countersign/core';

/** A package that only a few providers need, and that is not installed with this one, could not be loaded. */
export const missingPeer = (name: string, cause: unknown): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_SECRET_UNAVAILABLE',
    `no key can be made without the package ${name}, which this provider needs: npm install ${name}`,
    { cause },
  );
