/** How a vendor signs, as it publishes it: written from its docs and SDK, and from no record of ours. */
export interface VendorFact {
  readonly header: string;
  readonly hash: 'md5' | 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64' | 'base64url';
  /** Before a bare signature. */
  readonly prefix?: string;
  /** `t=1,v1=aa`: what stands between pairs, the pair with the time, and those with a signature. */
  readonly pairs?: readonly [separator: string, time: string, signature: string];
  /** The header that holds the time, where it stands alone. */
  readonly time?: string;
  readonly unit?: 's' | 'ms';
  /** `v1,aa v1,bb`: a list with spaces between, and the header of the id. */
  readonly id?: string;
  /** What is signed; `I`, `T` and `B` stand for id, time and body. */
  readonly content: readonly string[];
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
});

/** By file of the catalogue. */
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
  airwallex: timed('x-signature', 'x-timestamp', ['T', 'B'], { unit: 'ms' }),
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
