/** The vendors' own types, as type arguments of their providers. Compiled by a test; nothing of it runs. */
import { createReceiver } from '@countersign/core';
import { discord } from '@countersign/providers/discord';
import { github } from '@countersign/providers/github';
import { linear } from '@countersign/providers/linear';
import { paddle } from '@countersign/providers/paddle';
import { shopify } from '@countersign/providers/shopify';
import { slack } from '@countersign/providers/slack';
import { stripe } from '@countersign/providers/stripe';
import type { EntityWebhookPayloadWithIssueData } from '@linear/sdk/webhooks';
import type { webhooks } from '@octokit/openapi-webhooks-types';
import type { IEventsResponse, ITransactionNotificationResponse } from '@paddle/paddle-node-sdk';
import type { AppMentionEvent } from '@slack/types';
import type { APIChatInputApplicationCommandInteraction } from 'discord-api-types/v10';
import type Stripe from 'stripe';

const secret = 'only compiled';

/** A union that `type` tells apart goes in as it is. */
createReceiver(stripe<Stripe.Event>({ secret }), {
  on: {
    'invoice.paid': ({ payload }) => {
      const total: number = payload.data.object.total;
      return total;
    },
    // @ts-expect-error: Stripe has no such event.
    'invoice.payed': () => {},
  },
});

/** GitHub's are named by operation: one line makes a map of the events that one listens to. */
type GithubPayload<Name extends keyof webhooks> = webhooks[Name] extends {
  post: { requestBody?: { content: { 'application/json': infer Payload } } };
}
  ? Payload
  : never;
createReceiver(github<{ push: GithubPayload<'push'>; issues: GithubPayload<'issues-opened'> }>({ secret }), {
  on: {
    push: ({ payload }) => {
      const ref: string = payload.ref;
      return ref;
    },
    issues: ({ payload }) => {
      const number: number = payload.issue.number;
      return number;
    },
    // @ts-expect-error: not among those.
    release: () => {},
  },
});

createReceiver(slack<{ app_mention: { event: AppMentionEvent; event_id: string } }>({ secret }), {
  on: {
    app_mention: ({ payload }) => {
      const text: string = payload.event.text;
      return text;
    },
  },
});

/** Shopify publishes no payload types: the fields that one reads, by topic. */
createReceiver(shopify<{ 'orders/create': { id: number; total_price: string } }>({ secret }), {
  on: {
    'orders/create': ({ payload }) => {
      const price: string = payload.total_price;
      return price;
    },
  },
});

createReceiver(discord<{ '2': APIChatInputApplicationCommandInteraction }>({ publicKey: '00'.repeat(32) }), {
  on: {
    '2': ({ payload }) => {
      const name: string = payload.data.name;
      return name;
    },
  },
});

createReceiver(linear<{ Issue: EntityWebhookPayloadWithIssueData }>({ secret }), {
  on: {
    Issue: ({ payload }) => {
      const title: string = payload.data.title;
      return title;
    },
  },
});

/** What arrives is written as its API writes it (`event_id`): the SDK's types of that. */
createReceiver(
  paddle<{ 'transaction.completed': IEventsResponse<ITransactionNotificationResponse> }>({ secret }),
  {
    on: {
      'transaction.completed': ({ payload }) => {
        const id: string = payload.data.id;
        return id;
      },
    },
  },
);
