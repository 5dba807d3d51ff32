import { defineProvider, hmac, multipart, type ProviderFactory } from '@countersign/core';
import type { DropboxSignEvents } from './events/dropbox-sign-events.ts';

export type * from './events/dropbox-sign-events.ts';

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
  scheme: hmac({
    payload: 'event.event_hash',
    hash: 'sha256',
    encoding: 'hex',
    content: [{ payload: 'event.event_time' }, { payload: 'event.event_type' }],
  }),
  type: { payload: 'event.event_type' },
  payload: multipart('json'),
  acknowledge: { status: 200, body: 'Hello API Event Received' },
});
