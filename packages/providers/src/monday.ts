import {
  challengeText,
  defineProvider,
  type Handshake,
  jsonResponse,
  type ProviderFactory,
} from '@countersign/core';
import type { MondayEvents } from './events/monday-events.ts';
import { secretJwt } from './schemes/jwt.ts';

export type * from './events/monday-events.ts';

/** Options of {@link monday}. */
export interface MondayOptions {
  /** The address of this endpoint as monday.com knows it. Then tokens for others are refused. */
  readonly audience?: string | readonly string[];
}

/** Longer than any challenge, and nothing that is worth parsing unverified. */
const MAX = 2048;

/** What is asked when a webhook is created: a body of a challenge and nothing else. */
const challenge: Handshake = {
  name: 'challenge',
  stage: 'body',
  methods: ['POST'],
  answer({ request, body }) {
    if (request.method !== 'POST' || body.length > MAX) return undefined;
    try {
      const asked = JSON.parse(new TextDecoder().decode(body));
      if (Object.keys(asked).join() !== 'challenge') return undefined;
      return jsonResponse({ challenge: challengeText(asked.challenge) });
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
      throw error;
    }
  },
};

/**
 * monday.com, webhooks of apps. `secret` is the app's signing secret (of app lifecycle events: its client secret). The
 * token proves the sender and covers nothing of the body: who sees one can send anything until it runs out, so use
 * HTTPS alone, and give `audience`. Webhooks that users make in a board without an app bear no token, and are refused.
 *
 * @see https://developer.monday.com/apps/docs/authorization-header
 */
export const monday: ProviderFactory<'secret', MondayEvents, MondayOptions> = defineProvider<
  'secret',
  MondayEvents,
  MondayOptions
>({
  name: 'monday',
  docs: { url: 'https://developer.monday.com/apps/docs/authorization-header', read: '2026-11-22' },
  status: 'documented',
  scheme: ({ audience }) =>
    secretJwt({
      header: 'authorization',
      algorithms: ['HS256'],
      required: ['exp'],
      ...(audience !== undefined && { audience }),
      claims: ['iat'],
    }),
  timestamp: { field: 'iat', unit: 's' },
  type: [{ payload: 'event.type' }, { payload: 'type' }],
  handshakes: [challenge],
});
