import {
  challengeText,
  defineProvider,
  emptyResponse,
  type Handshake,
  handshakeRefused,
  hmac,
  misconfigured,
  type OpenEvents,
  type ProviderFactory,
  type SecretRequest,
} from '@countersign/core';
import { emptyBatch } from './schemes/empty-batch.ts';

/** The set-up of a webhook, in which Asana hands its secret over, unsigned: anybody can send such a thing. */
export interface AsanaOptions {
  /**
   * Whether a webhook for this address is being created at this moment. Without it, or when it is not true,
   * no secret is ever taken.
   */
  readonly isPending?: ((request: SecretRequest) => boolean | Promise<boolean>) | undefined;
  /** Keeps the secret of the webhook that is being created. Asana is answered when it resolves. */
  readonly onSecret?: ((secret: string, request: SecretRequest) => unknown) | undefined;
}

const HEADER = 'x-hook-secret';

/** Answered with the same header only while a creation is pending: no stranger's secret is taken. */
function handshake({ isPending, onSecret }: AsanaOptions): readonly Handshake[] {
  if (isPending === undefined && onSecret === undefined) return [];
  if (isPending === undefined || onSecret === undefined) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'asana takes isPending and onSecret together: when a secret may come, and where it is kept',
    );
  }
  return [
    {
      name: 'handshake',
      stage: 'request',
      methods: ['POST'],
      async answer({ request }) {
        const sent = request.method === 'POST' ? request.headers.get(HEADER) : null;
        // What bears a signature is a delivery, and stands or falls by it.
        if (sent === null || request.headers.get('x-hook-signature') !== null) return undefined;
        if ((await isPending(request)) !== true) {
          throw handshakeRefused('a secret came while no webhook is being created: not asked for, not taken');
        }
        const secret = challengeText(sent);
        await onSecret(secret, request);
        return emptyResponse(200, { [HEADER]: secret });
      },
    },
  ];
}

/**
 * Asana. Every webhook has a secret of its own, which comes in a handshake while it is created: take it with
 * `isPending` and `onSecret`, keep it by the address you gave Asana, and let `secret` be a function that
 * finds it. A delivery is a batch without an id or a type: handle it under `'*'`. An empty one is a sign of
 * life, and no event.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for `isPending` without `onSecret`, or the other way round
 * @see https://developers.asana.com/docs/webhooks-guide
 * @example
 * ```ts
 * const secrets = new Map<string, string>();
 * const creating = new Set<string>();
 * const provider = asana({
 *   secret: ({ url }) => secrets.get(url),
 *   isPending: ({ url }) => creating.has(url),
 *   onSecret: (secret, { url }) => secrets.set(url, secret),
 * });
 * ```
 */
export const asana: ProviderFactory<'secret', OpenEvents, AsanaOptions> = defineProvider({
  name: 'asana',
  docs: { url: 'https://developers.asana.com/docs/webhooks-guide', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-hook-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  handshakes: (options: AsanaOptions) => [...handshake(options), emptyBatch('heartbeat')],
  deadline: 10,
  horizon: 86_400,
});
