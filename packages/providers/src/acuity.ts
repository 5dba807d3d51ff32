import { defineProvider, form, hmac, type ProviderFactory } from '@countersign/core';
import type { AcuityEvents } from './events/acuity-events.ts';

export type * from './events/acuity-events.ts';

/**
 * Acuity Scheduling. `secret` is the API key: the main administrator's for static webhooks, the user's own
 * for dynamic ones. A delivery is a form that names the appointment: fetch it. Two changes of one appointment
 * make the same bytes, so no delivery is taken for a duplicate.
 *
 * @see https://developers.acuityscheduling.com/docs/webhooks
 */
export const acuity: ProviderFactory<'secret', AcuityEvents> = defineProvider({
  name: 'acuity',
  docs: { url: 'https://developers.acuityscheduling.com/docs/webhooks', read: '2026-11-22' },
  status: 'documented',
  anonymous: 'nothing',
  scheme: hmac({
    header: 'x-acuity-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  // `id` is the appointment's.
  type: { payload: 'action' },
  payload: form,
});
