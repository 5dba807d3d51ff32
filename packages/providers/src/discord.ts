import {
  defineProvider,
  ed25519,
  emptyResponse,
  jsonResponse,
  type ProviderFactory,
  payloadHandshake,
} from '@countersign/core';
import type { DiscordEvents } from './events/discord-events.ts';

export type * from './events/discord-events.ts';

/** To an interaction type 1 is a PING; a webhook event of type 1 is an event, and bears one. */
const ping = payloadHandshake('ping', 'type', 1, (payload) =>
  Object.hasOwn(payload as object, 'event') ? undefined : jsonResponse({ type: 1 }),
);
const eventPing = payloadHandshake('event_ping', 'type', 0, () => emptyResponse(204));

/**
 * Discord interactions and webhook events. `publicKey` is the application's, in hex. Discord probes endpoints with
 * wrong signatures and removes those that do not answer 401. Answer an interaction with `reply(…)` within 3 s.
 * Its type is that of the event (`ENTITLEMENT_CREATE`), or the interaction's number as text (`2`: a command).
 *
 * @see https://docs.discord.com/developers/interactions/overview
 */
export const discord: ProviderFactory<'publicKey', DiscordEvents> = defineProvider({
  name: 'discord',
  docs: { url: 'https://docs.discord.com/developers/interactions/overview', read: '2026-11-22' },
  status: 'proven',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: ed25519({
    header: 'x-signature-ed25519',
    encoding: 'hex',
    content: ['timestamp', 'body'],
    publicKey: { encoding: 'hex-any' },
  }),
  timestamp: { header: 'x-signature-timestamp', unit: 's' },
  id: { payload: 'id' },
  type: [{ payload: 'event.type' }, { payload: 'type' }],
  handshakes: [ping, eventPing],
  acknowledge: { status: 204 },
  deadline: 3,
  horizon: 600,
});
