import { defineProvider, ecdsa, type ProviderFactory } from '@countersign/core';
import type { SendgridEvents } from './events/sendgrid-events.ts';

export type * from './events/sendgrid-events.ts';

/**
 * SendGrid (Twilio) event webhook. `publicKey` is the verification key of the mail settings page, as it is shown
 * there: base64 on one line.
 *
 * A delivery is a list of events of several types, so its type is `events`. It has no id, and a retry may hold other
 * events: run each once, with `once(event.sg_event_id, …)`.
 *
 * @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export const sendgrid: ProviderFactory<'publicKey', SendgridEvents> = defineProvider({
  name: 'sendgrid',
  docs: {
    url: 'https://github.com/sendgrid/sendgrid-nodejs/tree/main/packages/eventwebhook',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: ecdsa({
    header: 'x-twilio-email-event-webhook-signature',
    curve: 'P-256',
    hash: 'sha256',
    form: 'der',
    encoding: 'base64',
    content: ['timestamp', 'body'],
  }),
  timestamp: {
    header: 'x-twilio-email-event-webhook-timestamp',
    unit: 's',
    // Retried for a day, and it is not said whether a retry is signed anew.
    tolerance: { past: 86_700, future: 300 },
  },
  type: { constant: 'events' },
  horizon: 86_400,
});
