import { discord } from './discord.ts';
import { github } from './github.ts';
import { githubForm } from './github-form.ts';
import type { Oracle } from './oracle.ts';
import { shopify } from './shopify.ts';
import { slack } from './slack.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';
import { svix } from './svix.ts';
import { twilio } from './twilio.ts';
import { twilioJson } from './twilio-json.ts';

export type { Delivery, Oracle, OracleEvent, Weakness } from './oracle.ts';

export const oracles: readonly Oracle[] = [
  stripe,
  standardWebhooks,
  svix,
  github,
  githubForm,
  slack,
  shopify,
  twilio,
  twilioJson,
  discord,
];
