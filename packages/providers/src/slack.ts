import {
  challengeText,
  defineProvider,
  emptyResponse,
  formFields,
  type Handshake,
  hmac,
  jsonOrForm,
  jsonResponse,
  type ProviderFactory,
  payloadHandshake,
} from '@countersign/core';
import type { SlackEvents } from './events/slack-events.ts';

export type * from './events/slack-events.ts';

/** Slack's check of the certificate: unsigned, answered with nothing. A body that is anything more is not one. */
const sslCheck: Handshake = {
  name: 'ssl_check',
  stage: 'body',
  methods: ['POST'],
  answer({ body }) {
    if (body.length > 1024) return undefined;
    const { ssl_check: check, token: _token, ...rest } = formFields(new TextDecoder().decode(body));
    return check === '1' && Object.keys(rest).length === 0 ? emptyResponse(200) : undefined;
  },
};

const urlVerification = payloadHandshake('url_verification', 'type', 'url_verification', (payload) =>
  jsonResponse({ challenge: challengeText((payload as { challenge?: unknown }).challenge) }),
);

/**
 * Slack: Events API, interactivity and slash commands. `secret` is the app's signing secret. The type is that of
 * the inner event (`app_mention`), of the interaction (`block_actions`), or the command itself (`/weather`).
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export const slack: ProviderFactory<'secret', SlackEvents> = defineProvider({
  name: 'slack',
  docs: { url: 'https://docs.slack.dev/authentication/verifying-requests-from-slack', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-slack-signature',
    prefix: 'v0=',
    hash: 'sha256',
    encoding: 'hex',
    content: [{ text: 'v0:' }, 'timestamp', { text: ':' }, 'body'],
    secret: {
      encoding: 'utf8',
      refuse: { 'xoxb-': 'a bot token', 'xoxp-': 'a user token', 'xapp-': 'an app token' },
    },
  }),
  timestamp: { header: 'x-slack-request-timestamp', unit: 's' },
  id: { payload: 'event_id' },
  type: [{ payload: 'event.type' }, { payload: 'type' }, { payload: 'command' }],
  payload: jsonOrForm('payload'),
  handshakes: [sslCheck, urlVerification],
  deadline: 3,
  // At once, after one minute and after five.
  horizon: 360,
});
