import { createReceiver, type Receiver } from '@countersign/core';
import { github, slack, standardWebhooks, stripe } from '@countersign/providers';
import { secrets } from './secrets.ts';

/** Ids of the events that reached a handler. */
export const handled = new Set<string>();

/** What the operator would read. */
export const log: string[] = [];

const logger = { warn: (line: string) => log.push(line), error: (line: string) => log.push(line) };

/** Four endpoints, defined once. Every framework below mounts these very objects. */
export const receivers: Record<string, Receiver> = {
  stripe: createReceiver(stripe({ secret: secrets.stripe }), {
    logger,
    on: { 'invoice.paid': (event) => void handled.add(event.payload.id) },
  }),
  github: createReceiver(github({ secret: secrets.github }), {
    logger,
    on: { issues: (event) => void handled.add(event.id ?? '') },
  }),
  slack: createReceiver(slack({ secret: secrets.slack }), {
    logger,
    on: { app_mention: (event) => void handled.add(event.id ?? '') },
  }),
  'standard-webhooks': createReceiver(standardWebhooks({ secret: secrets.standard }), {
    logger,
    on: { 'user.created': (event) => void handled.add(event.id ?? '') },
  }),
};
