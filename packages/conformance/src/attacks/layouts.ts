import type { Layout } from './layout.ts';

const timed = (
  header: string,
  time: string,
  content: readonly string[],
  unit: Layout['unit'] = 's',
  more: Partial<Layout> = {},
): Layout => ({ header, time, content, unit, ...more });

const kick = 'kick-event-message';

/** Of vendors that nobody else can sign for, or that hash the secret with the rest: by title, from their docs. */
export const layouts: Readonly<Record<string, Layout>> = {
  box: timed('box-signature-primary', 'box-delivery-timestamp', ['B', 'T'], 'rfc3339'),
  'cloudinary SHA-1': timed('x-cld-signature', 'x-cld-timestamp', ['B', 'T']),
  'cloudinary SHA-256': timed('x-cld-signature', 'x-cld-timestamp', ['B', 'T']),
  discord: timed('x-signature-ed25519', 'x-signature-timestamp', ['T', 'B']),
  kick: timed('kick-event-signature', `${kick}-timestamp`, ['I', '.', 'T', '.', 'B'], 'rfc3339', {
    id: `${kick}-id`,
  }),
  'neon-auth': timed('x-neon-signature', 'x-neon-timestamp', ['T', '.', 'B'], 'ms'),
  sendgrid: timed('x-twilio-email-event-webhook-signature', 'x-twilio-email-event-webhook-timestamp', [
    'T',
    'B',
  ]),
  'standard-webhooks v1a': timed('webhook-signature', 'webhook-timestamp', ['I', '.', 'T', '.', 'B'], 's', {
    id: 'webhook-id',
  }),
  'svix v1': timed('svix-signature', 'svix-timestamp', ['I', '.', 'T', '.', 'B'], 's', { id: 'svix-id' }),
  'svix v1a': timed('svix-signature', 'svix-timestamp', ['I', '.', 'T', '.', 'B'], 's', { id: 'svix-id' }),
  telnyx: timed('telnyx-signature-ed25519', 'telnyx-timestamp', ['T', '|', 'B']),
  turnkey: timed('x-turnkey-signature', 'x-turnkey-timestamp', ['T', '.', 'I', '.', 'B'], 'ms', {
    id: 'x-turnkey-event-id',
  }),
  'zendesk PUT': timed(
    'x-zendesk-webhook-signature',
    'x-zendesk-webhook-signature-timestamp',
    ['T', 'B'],
    'rfc3339',
  ),
};
