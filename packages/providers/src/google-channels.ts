import {
  defineProvider,
  type Envelope,
  emptyResponse,
  type Handshake,
  type ProviderFactory,
} from '@countersign/core';
import { optionalJson } from './schemes/optional-json.ts';
import { tellingToken } from './schemes/telling-token.ts';

/** Numbers are counted in each channel anew. */
function idOf({ request: { headers } }: Envelope): Readonly<Record<string, string>> {
  const channel = headers.get('x-goog-channel-id');
  const number = headers.get('x-goog-message-number');
  return channel && number ? { id: `${channel}/${number}` } : {};
}

/** Bodies are empty, so what tells deliveries without a number apart stands in headers too. */
const TOLD = ['channel-id', 'message-number', 'resource-id', 'resource-state', 'changed'];

/** The first message of a channel: it only says that there is one. */
const sync: Handshake = {
  name: 'sync',
  stage: 'event',
  methods: ['POST'],
  answer: ({ request }) =>
    request.headers.get('x-goog-resource-state') === 'sync' ? emptyResponse(200) : undefined,
};

/**
 * Google's push channels: Calendar, Drive, Admin and others. `secret` is the token you gave the channel. It is sent in
 * clear: nothing is signed, and whoever sees one delivery can make others. A delivery says in its headers that
 * something changed, and no more: the payload is empty, the type is the state (`exists`, `update`).
 *
 * @see https://developers.google.com/workspace/calendar/api/guides/push
 */
export const googleChannels: ProviderFactory<'secret'> = defineProvider({
  name: 'google-channels',
  docs: { url: 'https://developers.google.com/workspace/calendar/api/guides/push', read: '2026-11-22' },
  status: 'documented',
  scheme: {
    ...tellingToken({ header: 'x-goog-channel-token' }, idOf),
    content: ({ request, body }) => [
      ...TOLD.map((name) => `${request.headers.get(`x-goog-${name}`) ?? ''}\n`),
      body,
    ],
    prepare: (draft) => ({
      ...draft,
      headers: {
        'x-goog-channel-id': crypto.randomUUID(),
        'x-goog-message-number': '1',
        ...draft.headers,
      },
    }),
  },
  id: { field: 'id' },
  type: { header: 'x-goog-resource-state' },
  payload: optionalJson,
  handshakes: [sync],
});
