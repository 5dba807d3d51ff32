import { defineProvider, hmac, multipart, type ProviderFactory } from '@countersign/core';
import type { DropboxSignEvents } from './events/dropbox-sign-events.ts';
import { proving } from './schemes/proving.ts';

export type * from './events/dropbox-sign-events.ts';

const TIME = /^\d+$/;
const TYPE = /^[^\d]/;

/** Nothing stands between the two: what is a digit of the time must not pass for one of the type, nor the reverse. */
function isUnambiguous(payload: unknown): boolean {
  const { event } = payload as { event: { event_time?: unknown; event_type?: unknown } };
  return TIME.test(String(event.event_time)) && TYPE.test(String(event.event_type));
}

/**
 * Dropbox Sign (HelloSign): account and app callbacks. `secret` is the API key.
 *
 * THE BODY IS NOT COVERED: the hash is over the time and the type of the event alone, so whoever has seen one callback
 * can send any other of that type; ask the API before you believe what a callback says. There is no id either, and the
 * time is that of the event, not of the attempt: equal bodies are one delivery.
 *
 * @see https://developers.hellosign.com/docs/events/overview/
 */
export const dropboxSign: ProviderFactory<'secret', DropboxSignEvents> = defineProvider({
  name: 'dropbox-sign',
  docs: { url: 'https://developers.hellosign.com/docs/events/overview/', read: '2026-11-22' },
  status: 'proven',
  scheme: proving(
    hmac({
      payload: 'event.event_hash',
      hash: 'sha256',
      encoding: 'hex',
      content: [{ payload: 'event.event_time' }, { payload: 'event.event_type' }],
    }),
    ({ payload }) => isUnambiguous(payload),
  ),
  type: { payload: 'event.event_type' },
  payload: multipart('json'),
  acknowledge: { status: 200, body: 'Hello API Event Received' },
});
