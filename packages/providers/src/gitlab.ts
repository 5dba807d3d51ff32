import { defineProvider, type ProviderFactory, token } from '@countersign/core';
import type { GitlabEvents } from './events/gitlab-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/gitlab-events.ts';

/**
 * GitLab. `secret` takes a signing token (`whsec_…`, Standard Webhooks) or an old secret token, which is sent in
 * clear and covers nothing. With both configured, a delivery that bears a signature stands or falls by it.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks
 */
export const gitlab: ProviderFactory<'secret', GitlabEvents> = defineProvider({
  name: 'gitlab',
  docs: { url: 'https://docs.gitlab.com/user/project/integrations/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: [
    standardV1({ header: 'webhook-signature', secret: { encoding: 'base64', prefix: 'whsec_' } }),
    token({ header: 'x-gitlab-token' }),
  ],
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: [{ header: 'webhook-id' }, { header: 'idempotency-key' }],
  type: { header: 'x-gitlab-event' },
  deadline: 10,
});
