import {
  challengeText,
  defineProvider,
  hmac,
  jsonResponse,
  type ProviderFactory,
  payloadHandshake,
} from '@countersign/core';
import type { ZoomEvents } from './events/zoom-events.ts';

export type * from './events/zoom-events.ts';

interface Question {
  readonly payload?: { readonly plainToken?: unknown } | null;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Asked when an address is saved, and every 72 hours. Signed as events are; the answer proves the secret back. */
const urlValidation = payloadHandshake(
  'endpoint.url_validation',
  'event',
  'endpoint.url_validation',
  async (question, { sign }) => {
    const plainToken = challengeText((question as Question).payload?.plainToken);
    return jsonResponse({ plainToken, encryptedToken: hex(await sign([plainToken])) });
  },
);

/**
 * Zoom. `secret` is the app's secret token, not its verification token. Answers the validation of the endpoint. Zoom
 * names no delivery, so equal bodies, which bear a time of their own (`event_ts`), are one. It is not documented whether a retry is signed
 * anew: where retries are refused as too old, give the receiver a wider `tolerance`.
 *
 * @see https://developers.zoom.us/docs/api/webhooks/
 */
export const zoom: ProviderFactory<'secret', ZoomEvents> = defineProvider({
  name: 'zoom',
  docs: { url: 'https://developers.zoom.us/docs/api/webhooks/', read: '2026-11-22' },
  status: 'proven',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'x-zm-signature',
    prefix: 'v0=',
    hash: 'sha256',
    encoding: 'hex',
    content: [{ text: 'v0:' }, 'timestamp', { text: ':' }, 'body'],
  }),
  timestamp: { header: 'x-zm-request-timestamp', unit: 's' },
  type: { payload: 'event' },
  handshakes: [urlValidation],
  deadline: 3,
});
