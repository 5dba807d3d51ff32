import { defineProvider, type PayloadFormat, type ProviderFactory, token } from '@countersign/core';
import type { Auth0Events } from './events/auth0-events.ts';

export type * from './events/auth0-events.ts';

/** A list, an object, or one object a line, as the stream's content format says; always a list here. */
const logs: PayloadFormat = {
  name: 'json',
  parse(body) {
    const text = new TextDecoder().decode(body);
    try {
      return [JSON.parse(text)].flat();
    } catch {
      return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line)]));
    }
  },
};

/**
 * Auth0 log streams (custom webhook). `secret` is the stream's authorization token, the whole value of the header. It
 * is sent in clear: nothing is signed, and whoever sees one delivery can make others. A delivery holds several logs, in
 * any of the content formats: the event is `batch` and its payload a list, to be run one by one (`ctx.once`, by
 * `log_id`).
 *
 * @see https://auth0.com/docs/customize/log-streams/custom-log-streams
 */
export const auth0: ProviderFactory<'secret', Auth0Events> = defineProvider({
  name: 'auth0',
  docs: { url: 'https://auth0.com/docs/customize/log-streams/custom-log-streams', read: '2026-11-22' },
  status: 'documented',
  scheme: token({ header: 'authorization' }),
  type: { constant: 'batch' },
  payload: logs,
});
