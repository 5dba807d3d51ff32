import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { CircleciEvents } from './events/circleci-events.ts';

export type * from './events/circleci-events.ts';

/**
 * CircleCI's outbound webhooks. `secret` is the text that you set on the webhook; without one nothing is signed. The
 * body is covered, and no time. Only `v1` counts: CircleCI may add others, and a weaker one must not rescue it.
 *
 * @see https://circleci.com/docs/guides/integration/outbound-webhooks/
 */
export const circleci: ProviderFactory<'secret', CircleciEvents> = defineProvider({
  name: 'circleci',
  docs: { url: 'https://circleci.com/docs/guides/integration/outbound-webhooks/', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'circleci-signature',
    pairs: { separator: ',', signature: 'v1' },
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'id' },
  type: [{ payload: 'type' }, { header: 'circleci-event-type' }],
  deadline: 10,
  reactions: { '2xx': 'done', timeout: 'retry' },
});
