import { WebhookError } from '@countersign/core';

/** A key that cannot be had at the moment says nothing about the delivery: the sender is asked to come again. */
export const keyUnavailable = (message: string, cause?: unknown): WebhookError =>
  new WebhookError('ERR_WEBHOOK_KEY_UNAVAILABLE', message, cause === undefined ? undefined : { cause });
