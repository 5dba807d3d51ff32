import type { Layout } from './layout.ts';

/** How a vendor signs, as it publishes it: written from its docs and SDK, and from no record of ours. */
export interface VendorFact extends Layout {
  readonly hash: 'md5' | 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64' | 'base64url';
  /** How the secret is written. Default: as it is. */
  readonly key?: 'hex' | 'base64';
  /** Before a bare signature. */
  readonly prefix?: string;
  /** `v1,aa v1,bb`: a list with spaces between. */
  readonly isList?: boolean;
}

const body = (
  header: string,
  encoding: VendorFact['encoding'] = 'hex',
  prefix = '',
  hash: VendorFact['hash'] = 'sha256',
): VendorFact => ({ header, hash, encoding, prefix, content: ['B'] });

const pairs = (
  header: string,
  [separator, time, signature]: NonNullable<VendorFact['pairs']>,
  between = '.',
  more: Partial<VendorFact> = {},
): VendorFact => ({
  header,
  hash: 'sha256',
  encoding: 'hex',
  pairs: [separator, time, signature],
  unit: 's',
  content: ['T', between, 'B'],
  ...more,
});

const timed = (header: string, time: string, content: readonly string[], more: Partial<VendorFact> = {}) => ({
  ...body(header),
  time,
  unit: 's' as const,
  content,
  ...more,
});

/** The Standard Webhooks specification, by the beginning of its headers. */
const standard = (start: string): VendorFact => ({
  ...timed(`${start}-signature`, `${start}-timestamp`, ['I', '.', 'T', '.', 'B'], { encoding: 'base64' }),
  prefix: 'v1,',
  id: `${start}-id`,
  key: 'base64',
  isList: true,
});

/** By title: the file of the catalogue, and the variant where it has several. */
export const vendorFacts: Readonly<Record<string, VendorFact>> = {
  alchemy: body('x-alchemy-signature'),
  attio: body('attio-signature'),
  bitbucket: body('x-hub-signature', 'hex', 'sha256='),
  'cal-com': body('x-cal-signature-256'),
  'checkout-com': body('cko-signature'),
  'coinbase-commerce': body('x-cc-webhook-signature'),
  cursor: body('x-webhook-signature', 'hex', 'sha256='),
  discourse: body('x-discourse-event-signature', 'hex', 'sha256='),
  doppler: body('x-doppler-signature', 'hex', 'sha256='),
  dropbox: body('x-dropbox-signature'),
  dwolla: body('x-request-signature-sha-256'),
  easypost: body('x-hmac-signature', 'hex', 'hmac-sha256-hex='),
  fourthwall: body('x-fourthwall-hmac-sha256', 'base64'),
  getstream: body('x-signature'),
  github: body('x-hub-signature-256', 'hex', 'sha256='),
  gocardless: body('webhook-signature'),
  helpscout: body('x-helpscout-signature', 'base64', '', 'sha1'),
  heroku: body('heroku-webhook-hmac-sha256', 'base64'),
  intercom: body('x-hub-signature', 'hex', 'sha1=', 'sha1'),
  jira: body('x-hub-signature', 'hex', 'sha256='),
  launchdarkly: body('x-ld-signature'),
  'lemon-squeezy': body('x-signature'),
  line: body('x-line-signature', 'base64'),
  meta: body('x-hub-signature-256', 'hex', 'sha256='),
  'modern-treasury': body('x-signature'),
  notion: body('x-notion-signature', 'hex', 'sha256='),
  onfido: body('x-sha2-signature'),
  patreon: body('x-patreon-signature', 'hex', '', 'md5'),
  paystack: body('x-paystack-signature', 'hex', '', 'sha512'),
  quickbooks: body('intuit-signature', 'base64'),
  razorpay: body('x-razorpay-signature'),
  sentry: body('sentry-hook-signature'),
  shopify: body('x-shopify-hmac-sha256', 'base64'),
  snyk: body('x-hub-signature', 'hex', 'sha256='),
  terraform: body('x-tfe-notification-signature', 'hex', '', 'sha512'),
  typeform: body('typeform-signature', 'base64', 'sha256='),
  vercel: body('x-vercel-signature', 'hex', '', 'sha1'),
  viber: body('x-viber-content-signature'),
  webex: body('x-spark-signature', 'hex', '', 'sha1'),
  xero: body('x-xero-signature', 'base64'),
  calendly: pairs('calendly-webhook-signature', [',', 't', 'v1']),
  'cloudflare-stream': pairs('webhook-signature', [',', 'time', 'sig1']),
  elevenlabs: pairs('elevenlabs-signature', [',', 't', 'v0']),
  mux: pairs('mux-signature', [',', 't', 'v1']),
  paddle: pairs('paddle-signature', [';', 'ts', 'h1'], ':'),
  sanity: pairs('sanity-webhook-signature', [',', 't', 'v1'], '.', { encoding: 'base64url', unit: 'ms' }),
  stripe: pairs('stripe-signature', [',', 't', 'v1']),
  workos: pairs('workos-signature', [', ', 't', 'v1'], '.', { unit: 'ms' }),
  'zoho-payments': pairs('x-zoho-webhook-signature', [',', 't', 'v'], '.', { unit: 'ms' }),
  'customer-io': timed('x-cio-signature', 'x-cio-timestamp', ['v0:', 'T', ':', 'B']),
  slack: timed('x-slack-signature', 'x-slack-request-timestamp', ['v0:', 'T', ':', 'B'], { prefix: 'v0=' }),
  zoom: timed('x-zm-signature', 'x-zm-request-timestamp', ['v0:', 'T', ':', 'B'], { prefix: 'v0=' }),
  webflow: timed('x-webflow-signature', 'x-webflow-timestamp', ['T', ':', 'B'], { unit: 'ms' }),
  anthropic: standard('webhook'),
  'dodo-payments': standard('webhook'),
  lithic: standard('webhook'),
  liveblocks: standard('webhook'),
  openai: standard('webhook'),
  render: standard('webhook'),
  replicate: standard('webhook'),
  clerk: standard('svix'),
  resend: standard('svix'),
  'standard-webhooks v1': standard('webhook'),
  airwallex: timed('x-signature', 'x-timestamp', ['T', 'B'], { unit: 'ms' }),
  affirm: pairs('x-affirm-signature', [',', 't', 'v0'], '.', { hash: 'sha512' }),
  'buildkite signature': pairs('x-buildkite-signature', [',', 'timestamp', 'signature']),
  mercury: pairs('mercury-signature', [',', 't', 'v1']),
  moneybird: pairs('moneybird-signature', [',', 't', 'v1']),
  ordergroove: pairs('ordergroove-signature', [',', 'ts', 'sig']),
  'revenuecat signature': pairs('x-revenuecat-webhook-signature', [',', 't', 'v1']),
  whereby: pairs('whereby-signature', [',', 't', 'v1']),
  'workos-actions': pairs('workos-signature', [', ', 't', 'v1'], '.', { unit: 'ms' }),
  ghost: pairs('x-ghost-signature', [', ', 't', 'sha256'], '', { unit: 'ms', content: ['B', 'T'] }),
  retell: pairs('x-retell-signature', [',', 'v', 'd'], '', { unit: 'ms', content: ['B', 'T'] }),
  chatwoot: timed('x-chatwoot-signature', 'x-chatwoot-timestamp', ['T', '.', 'B'], { prefix: 'sha256=' }),
  close: timed('close-sig-hash', 'close-sig-timestamp', ['T', 'B'], { key: 'hex' }),
  'grafana with a time': timed('x-grafana-alerting-signature', 'x-grafana-alerting-timestamp', [
    'T',
    ':',
    'B',
  ]),
  zendesk: timed('x-zendesk-webhook-signature', 'x-zendesk-webhook-signature-timestamp', ['T', 'B'], {
    encoding: 'base64',
    unit: 'rfc3339',
  }),
  twitch: timed('twitch-eventsub-message-signature', 'twitch-eventsub-message-timestamp', ['I', 'T', 'B'], {
    prefix: 'sha256=',
    unit: 'rfc3339',
    id: 'twitch-eventsub-message-id',
  }),
  square: { ...body('x-square-hmacsha256-signature', 'base64'), content: ['U', 'B'] },
  trello: { ...body('x-trello-webhook', 'base64', '', 'sha1'), content: ['B', 'U'] },
  'hubspot v3': timed('x-hubspot-signature-v3', 'x-hubspot-request-timestamp', ['M', 'U', 'B', 'T'], {
    encoding: 'base64',
    unit: 'ms',
  }),
};

/** Not recomputed here, and known to write more than one signature, or space between them: by its docs. */
export const listWriters: ReadonlySet<string> = new Set([
  'bigcommerce',
  'brex',
  'finch',
  'http-message-signatures',
  'loops',
  'mollie',
  'plivo',
  'polar',
  'recall-ai',
  'recurly',
  'standard-webhooks',
  'supabase',
  'svix',
]);
