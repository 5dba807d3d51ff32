import { randomUUID } from 'node:crypto';
import type { Receiver } from '@countersign/core';
import { stripe } from '@countersign/providers/stripe';
import { sign, toRequest } from '@countersign/testing';

export const provider = stripe({ secret: 'whsec_deferred' });

/** What is put into the queue. */
export interface Job {
  readonly key: string;
  /** The id of the event. */
  readonly id: string;
}

export const newId = (): string => `evt_${randomUUID().replaceAll('-', '')}`;

/** One delivery, as the sender makes it: the status that it gets. */
export async function deliver(receiver: Receiver, id: string): Promise<number> {
  const delivery = await sign(provider, { id, type: 'invoice.paid' });
  return (await receiver.fetch(toRequest(delivery))).status;
}

/** Tries every 20 ms, for at most 15 seconds. */
export async function eventually(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 750; tries++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`it never came to that: ${what}`);
}
