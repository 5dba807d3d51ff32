import {
  challengeText,
  defineProvider,
  emptyResponse,
  type Handshake,
  hmac,
  type ProviderFactory,
  queryOf,
  textResponse,
} from '@countersign/core';

/** What a hub asks about: `leaseSeconds` is there for subscriptions. */
export interface WebsubIntent {
  readonly mode: 'subscribe' | 'unsubscribe';
  readonly topic: string;
  readonly leaseSeconds: number | undefined;
}

/** Options of {@link websub}. */
export interface WebsubOptions {
  /** Whether you asked the hub for this, and for this topic. Without it nothing is confirmed. */
  readonly subscription?: (intent: WebsubIntent) => boolean | Promise<boolean>;
  /** Told when the hub denies a subscription. Anybody can say so: ask the hub before you believe it. */
  readonly onDenied?: (denial: { readonly topic: string; readonly reason: string }) => unknown;
  /** Hubs that still sign with SHA-1. The hash is named by the message, so this lowers the floor for all. */
  readonly allowSha1?: boolean;
}

const signature = (hash: 'sha1' | 'sha256' | 'sha384' | 'sha512') =>
  hmac({ header: 'x-hub-signature', prefix: `${hash}=`, hash, encoding: 'hex', content: ['body'] });

const strong = [signature('sha512'), signature('sha384'), signature('sha256')];

/** Verification of intent (section 5.3), and denial: a topic that was not asked for gets 404. */
function intent({ subscription, onDenied }: WebsubOptions): Handshake {
  return {
    name: 'intent',
    stage: 'request',
    methods: ['GET'],
    async answer({ request }) {
      if (request.method !== 'GET') return undefined;
      const query = new URLSearchParams(queryOf(request.url));
      // Of one that stands there twice, nobody knows which is meant.
      const one = (name: string): string => {
        const [value = '', ...others] = query.getAll(`hub.${name}`);
        return others.length === 0 ? value : '';
      };
      const [mode, topic] = [one('mode'), one('topic')];
      if (mode === 'denied') {
        await onDenied?.({ topic, reason: one('reason') });
        return emptyResponse(200);
      }
      if (mode !== 'subscribe' && mode !== 'unsubscribe') return undefined;
      const lease = one('lease_seconds');
      const leaseSeconds = /^\d{1,10}$/.test(lease) ? Number(lease) : undefined;
      const isWanted = (await subscription?.({ mode, topic, leaseSeconds })) === true;
      return isWanted ? textResponse(challengeText(one('challenge'))) : emptyResponse(404);
    },
  };
}

/**
 * WebSub, once PubSubHubbub: authenticated content distribution. `secret` is the `hub.secret` of your subscription.
 * The message names its hash; SHA-256 and stronger are taken. No id, no type and no time is sent: equal bodies are one
 * delivery. Mount it for GET and POST.
 *
 * @see https://www.w3.org/TR/websub/#authenticated-content-distribution
 */
export const websub: ProviderFactory<'secret', Record<string, unknown>, WebsubOptions> = defineProvider({
  name: 'websub',
  docs: { url: 'https://www.w3.org/TR/websub/', read: '2026-11-22' },
  status: 'documented',
  scheme: ({ allowSha1 }: WebsubOptions) => (allowSha1 ? [...strong, signature('sha1')] : strong),
  // Feeds come as Atom, RSS, JSON or anything else: the application reads `event.body`.
  payload: { name: 'other', parse: (body) => new TextDecoder().decode(body) },
  handshakes: (options: WebsubOptions) => [intent(options)],
  reactions: { '2xx': 'done', '410': 'disable', '3xx': 'retry', '4xx': 'retry', '5xx': 'retry' },
});
