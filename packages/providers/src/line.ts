import { defineProvider, type Envelope, hmac, type Proof, type ProviderFactory } from '@countersign/core';
import { emptyBatch } from './schemes/empty-batch.ts';
import { proving } from './schemes/proving.ts';
import { verifiedJson } from './schemes/verified-json.ts';

/** The ids of all its events: sent again, a delivery says so in its body, and the ids are what stays. */
function idOf({ body }: Envelope): Proof {
  const { events } = (verifiedJson(body) ?? {}) as { readonly events?: unknown };
  const ids = Array.isArray(events) ? events.map((event) => event?.webhookEventId) : [];
  const isNamed = ids.length > 0 && ids.every((id) => typeof id === 'string');
  return { fields: isNamed ? { id: ids.join(' ') } : {} };
}

/**
 * LINE's Messaging API. `secret` is the channel secret, not the access token. A delivery is a batch without a type:
 * handle it under `'*'`, each event under its `webhookEventId` (`ctx.once`). One without events is the console's
 * check of the address, and no event.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/receiving-messages/
 */
export const line: ProviderFactory<'secret'> = defineProvider({
  name: 'line',
  docs: { url: 'https://developers.line.biz/en/docs/messaging-api/receiving-messages/', read: '2026-11-22' },
  status: 'proven',
  scheme: proving(
    hmac({ header: 'x-line-signature', hash: 'sha256', encoding: 'base64', content: ['body'] }),
    idOf,
    ['id'],
  ),
  id: { field: 'id' },
  handshakes: [emptyBatch('verify')],
});
