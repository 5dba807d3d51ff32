import type { WebhookRequest } from '@countersign/core';
import type { Delivery } from './delivery.ts';

/** As a Node adapter hands a request over. */
export function requestOf({ body, headers }: Pick<Delivery, 'body' | 'headers'>): WebhookRequest {
  const map = new Map(Object.entries(headers));
  return { method: 'POST', url: '/', headers: { get: (name: string) => map.get(name) ?? null }, body };
}
