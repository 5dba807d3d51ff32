import {
  challengeText,
  defineProvider,
  type Handshake,
  hmac,
  type ProviderFactory,
  type Scheme,
  textResponse,
} from '@countersign/core';
import type { TwitchEvents } from './events/twitch-events.ts';

export type * from './events/twitch-events.ts';

interface Message {
  readonly challenge?: unknown;
  readonly subscription?: { readonly type?: unknown };
}

/** A notification bears what happened; a message without that is about the subscription itself. */
const isNotification = (message: object): boolean => 'event' in message || 'events' in message;

function typeOf(body: Uint8Array): string {
  const message: Message = JSON.parse(new TextDecoder().decode(body));
  return isNotification(message) ? String(message.subscription?.type ?? '') : 'revocation';
}

const signed = hmac({
  header: 'twitch-eventsub-message-signature',
  prefix: 'sha256=',
  hash: 'sha256',
  encoding: 'hex',
  content: ['id', 'timestamp', 'body'],
  secret: { encoding: 'utf8' },
});

/** Twitch names the kind of message in a header that it does not sign, so the kind is read off the body. */
const scheme: Scheme<'secret'> = {
  ...signed,
  claims: ['type'],
  key(secret) {
    const key = signed.key(secret);
    return {
      async verify(content, envelope) {
        if ((await key.verify(content, envelope)) !== true) return false;
        try {
          return { fields: { type: typeOf(envelope.body) } };
        } catch {
          // No JSON, or no object: it has no type, and whoever reads the payload says so.
          return true;
        }
      },
      sign: (content, envelope) => key.sign?.(content, envelope) ?? new Uint8Array(),
    };
  },
};

const verification: Handshake = {
  name: 'webhook_callback_verification',
  stage: 'event',
  methods: ['POST'],
  answer({ payload }) {
    if (payload === null || typeof payload !== 'object' || isNotification(payload)) return undefined;
    const { challenge } = payload as Message;
    return challenge === undefined ? undefined : textResponse(challengeText(challenge));
  },
};

/**
 * Twitch EventSub over webhooks. `secret` is the text that you give in a subscription's `transport`.
 * Id, time and body are covered; the headers that name type and kind are not, and nothing is taken from them. The
 * callback's verification is answered here. The end of a subscription has the type `revocation`.
 *
 * @see https://dev.twitch.tv/docs/eventsub/handling-webhook-events
 */
export const twitch: ProviderFactory<'secret', TwitchEvents> = defineProvider({
  name: 'twitch',
  docs: { url: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events', read: '2026-11-22' },
  status: 'proven',
  scheme,
  timestamp: {
    header: 'twitch-eventsub-message-timestamp',
    unit: 'rfc3339',
    tolerance: { past: 600, future: 300 },
  },
  id: { header: 'twitch-eventsub-message-id' },
  type: { field: 'type' },
  handshakes: [verification],
});
