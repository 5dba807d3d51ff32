/**
 * The catalogue. Import one provider from its own path (`@countersign/providers/stripe`) to bundle that one only.
 *
 * @module
 */
export { discord } from './discord.ts';
export { github } from './github.ts';
export { gitlab } from './gitlab.ts';
export { type MetaOptions, meta } from './meta.ts';
export { shopify } from './shopify.ts';
export { slack } from './slack.ts';
export { standardWebhooks } from './standard-webhooks.ts';
export { stripe } from './stripe.ts';
export { svix } from './svix.ts';
export { type TwilioOptions, twilio } from './twilio.ts';
