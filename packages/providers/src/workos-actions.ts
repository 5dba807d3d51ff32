import { defineProvider, hmac, type ProviderFactory, type Reply, reply } from '@countersign/core';
import type { WorkosActionsEvents } from './events/workos-actions-events.ts';

export type * from './events/workos-actions-events.ts';

const scheme = hmac({
  header: 'workos-signature',
  pairs: { separator: ', ', signature: 'v1', fields: ['t'] },
  hash: 'sha256',
  encoding: 'hex',
  content: ['timestamp', { text: '.' }, 'body'],
  secret: { encoding: 'utf8', refuse: { sk_: 'an API key, not the secret of an action' } },
});

/** What WorkOS may do. `errorMessage` is shown to the user who is turned away. */
export interface WorkosVerdict {
  readonly type: 'authentication' | 'user_registration';
  readonly verdict: 'Allow' | 'Deny';
  readonly errorMessage?: string;
}

/**
 * The answer to an action, signed: WorkOS takes no other. Return it from the handler.
 *
 * @param secret of the action, as given to `workosActions`
 * @param answer the verdict; `errorMessage` counts for `Deny` only
 * @param now Unix ms. Default: the clock
 * @example
 * ```ts
 * const receiver = createReceiver(workosActions({ secret }), {
 *   on: {
 *     authentication_action_context: () => signedAction(secret, { type: 'authentication', verdict: 'Allow' }),
 *   },
 * });
 * ```
 */
export async function signedAction(
  secret: string,
  { type, verdict, errorMessage }: WorkosVerdict,
  now: number = Date.now(),
): Promise<Reply> {
  const message = verdict === 'Deny' && errorMessage ? { error_message: errorMessage } : {};
  const payload = { timestamp: now, verdict, ...message };
  const key = scheme.key(new TextEncoder().encode(secret));
  const bytes = (await key.sign?.([`${now}.${JSON.stringify(payload)}`])) ?? new Uint8Array();
  const signature = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return reply({ body: { object: `${type}_action_response`, payload, signature } });
}

/**
 * WorkOS actions: calls that wait for a verdict, which `signedAction` signs. `secret` is the action's, on its page in
 * the dashboard. Time and body are covered. An action that no handler answers is turned away by WorkOS.
 *
 * @see https://workos.com/docs/authkit/actions
 */
export const workosActions: ProviderFactory<'secret', WorkosActionsEvents> = defineProvider({
  name: 'workos-actions',
  docs: {
    url: 'https://github.com/workos/workos-node/blob/main/src/actions/actions.ts',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme,
  timestamp: { field: 't', unit: 'ms', tolerance: { past: 30, future: 30 } },
  id: { payload: 'id' },
  type: { payload: 'object' },
});
