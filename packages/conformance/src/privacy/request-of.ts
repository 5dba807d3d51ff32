import type { WebhookRequest } from '@countersign/core';
import type { Delivery } from '@countersign/testing';

export const requestOf = ({ method, url, headers, body }: Delivery): WebhookRequest => ({
  method,
  url,
  headers: new Headers(headers),
  body,
});
