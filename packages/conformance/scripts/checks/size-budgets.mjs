/** A path of the catalogue. */
const providers = (...names) => names.map((name) => `@countersign/providers/${name}`);

/**
 * Bytes that a bundle may take, minified and gzipped, a little above what is there. A module counts whole, with all that
 * it brings along of the others. The first family that has its name holds it; the last one holds every other provider.
 */
export const budgets = [
  { family: 'core', budget: 26_050, modules: ['@countersign/core'] },
  { family: 'core/node', budget: 1_250, modules: ['@countersign/core/node'] },
  {
    family: 'adapters, with the core',
    budget: 26_850,
    modules: ['@countersign/express', '@countersign/koa', '@countersign/hono'],
  },
  { family: 'PostgreSQL', budget: 4_900, modules: ['@countersign/postgres'] },
  { family: 'D1, Durable Objects', budget: 3_900, modules: ['@countersign/cloudflare'] },
  {
    family: 'Redis, SQLite',
    budget: 2_600,
    modules: ['@countersign/redis', '@countersign/sqlite', '@countersign/sqlite/sql'],
  },
  { family: 'testing, with the core', budget: 46_200, modules: ['@countersign/testing'] },
  {
    family: 'the whole catalogue',
    budget: 82_500,
    modules: ['@countersign/providers', ...providers('index')],
  },
  {
    // jose, and a key set of its own.
    family: 'tokens, keys fetched',
    budget: 18_000,
    modules: providers(
      'apple-app-store',
      'azure-event-grid',
      'google-chat',
      'google-pubsub',
      'kinde',
      'microsoft-graph',
      'plaid',
      'truelayer',
    ),
  },
  {
    // jose.
    family: 'tokens',
    budget: 13_500,
    modules: providers('atlassian-connect', 'livekit', 'monday', 'netlify', 'vonage'),
  },
  {
    // structured-headers, and RFC 9421.
    family: 'message signatures',
    budget: 12_600,
    modules: providers('http-message-signatures'),
  },
  {
    family: 'keys or certificates fetched',
    budget: 9_750,
    modules: providers(
      'adobe-io',
      'aws-sns',
      'circle',
      'ebay',
      'fal',
      'fireblocks',
      'github-secret-scanning',
      'neon-auth',
      'paypal',
      'turnkey',
    ),
  },
  {
    // Its test of the address is verified by a receiver of its own: what the program has anyway.
    family: 'mandrill, with the core',
    budget: 24_100,
    modules: providers('mandrill'),
  },
  { family: 'every other provider', budget: 7_400, modules: undefined },
];

/** What programs come to: the frameworks left out. */
export const programs = [
  {
    family: 'Stripe on Express',
    budget: 24_450,
    code: `export { createReceiver, webhook } from '@countersign/express';
      export { stripe } from '@countersign/providers/stripe';`,
  },
  {
    family: 'GitHub on Hono, Workers',
    budget: 23_850,
    conditions: ['workerd'],
    code: `export { createReceiver, webhook } from '@countersign/hono';
      export { github } from '@countersign/providers/github';`,
  },
  {
    family: 'Stripe by fetch',
    budget: 23_650,
    code: `export { createReceiver } from '@countersign/core';
      export { stripe } from '@countersign/providers/stripe';`,
  },
];
