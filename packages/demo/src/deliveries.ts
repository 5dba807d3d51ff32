import { createHmac } from 'node:crypto';
import { sign as signGithub } from '@octokit/webhooks-methods';
// What the package's main entry re-exports, without the clients that it loads.
import { isValidSlackRequest } from '@slack/bolt/dist/receivers/verify-request.js';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { secrets } from './secrets.ts';

export interface Delivery {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Makes the delivery of one event: its id, and when it is signed (Unix seconds). */
export type Sender = (id: string, at: number) => Promise<Delivery>;

const json = { 'content-type': 'application/json' };

/** Deliveries as the vendors' own SDKs sign them. */
export const senders = {
  async stripe(id, timestamp) {
    const object = { id: 'in_1', object: 'invoice', amount_paid: 4200 };
    const payload = JSON.stringify({ id, object: 'event', type: 'invoice.paid', data: { object } }, null, 2);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: secrets.stripe,
      timestamp,
    });
    return { path: '/stripe', headers: { ...json, 'stripe-signature': signature }, body: payload };
  },
  async github(id) {
    const body = JSON.stringify({ action: 'opened', issue: { number: 7, title: 'It works' } });
    const headers = {
      ...json,
      'x-github-event': 'issues',
      'x-github-delivery': id,
      'x-hub-signature-256': await signGithub(secrets.github, body),
    };
    return { path: '/github', headers, body };
  },
  /** Bolt verifies and does not sign: this is signed by Slack's documentation, and Bolt has to agree. */
  async slack(id, timestamp) {
    const event = { type: 'app_mention', text: 'hello' };
    const body = JSON.stringify({ type: 'event_callback', event_id: id, event });
    const signature = `v0=${createHmac('sha256', secrets.slack).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const headers = {
      ...json,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature,
    };
    const asBolt = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp };
    const now = new Date(timestamp * 1000);
    if (
      !isValidSlackRequest({
        signingSecret: secrets.slack,
        body,
        headers: asBolt,
        nowMilliseconds: now.getTime(),
      })
    ) {
      throw new Error('Bolt does not accept the Slack delivery of this demo');
    }
    return { path: '/slack', headers, body };
  },
  async 'standard-webhooks'(id, timestamp) {
    const body = JSON.stringify({
      type: 'user.created',
      timestamp: new Date().toISOString(),
      data: { id: 1 },
    });
    const headers = {
      ...json,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': new Webhook(secrets.standard).sign(id, new Date(timestamp * 1000), body),
    };
    return { path: '/standard-webhooks', headers, body };
  },
} satisfies Record<string, Sender>;

export type SenderName = keyof typeof senders;
