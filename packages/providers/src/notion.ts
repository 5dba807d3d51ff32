import {
  challengeText,
  defineProvider,
  emptyResponse,
  type Handshake,
  handshakeRefused,
  hmac,
  misconfigured,
  type ProviderFactory,
  type WebhookRequest,
} from '@countersign/core';
import { verifiedJson } from './schemes/verified-json.ts';

/** What a set-up request may be judged by. None of it is verified. */
export type NotionHandshakeRequest = Pick<WebhookRequest, 'method' | 'url' | 'headers'>;

/** The set-up of a subscription, in which Notion hands its token over, unsigned: anybody can send such a request. */
export interface NotionOptions {
  /**
   * Whether a subscription for this address is being set up at this moment. Without it, or when it is not true, no
   * token is ever taken.
   */
  readonly isPending?: ((request: NotionHandshakeRequest) => boolean | Promise<boolean>) | undefined;
  /** Keeps the verification token: paste it in Notion, and it is the `secret` from then on. */
  readonly onSecret?: ((secret: string, request: NotionHandshakeRequest) => unknown) | undefined;
}

const HEADER = 'x-notion-signature';

/** The token, of a body that holds nothing else. */
function tokenOf(body: Uint8Array): unknown {
  if (body.length > 1024) return undefined;
  const { verification_token: token, ...rest } = Object(verifiedJson(body) ?? {});
  return Object.keys(rest).length === 0 ? token : undefined;
}

/** Taken only while a set-up is pending: a stranger's token never becomes the secret. */
function handshake({ isPending, onSecret }: NotionOptions): readonly Handshake[] {
  if (isPending === undefined && onSecret === undefined) return [];
  if (isPending === undefined || onSecret === undefined) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'notion takes isPending and onSecret together: when a token may come, and where it is kept',
    );
  }
  return [
    {
      name: 'verification_token',
      stage: 'body',
      methods: ['POST'],
      async answer({ request, body }) {
        // What bears a signature is a delivery, and stands or falls by it.
        const token = request.headers.get(HEADER) === null ? tokenOf(body) : undefined;
        if (token === undefined) return undefined;
        if ((await isPending(request)) !== true) {
          throw handshakeRefused(
            'a token came while no subscription is being set up: not asked for, not taken',
          );
        }
        await onSecret(challengeText(token), request);
        return emptyResponse(200);
      },
    },
  ];
}

/**
 * Notion. `secret` is the subscription's verification token (`secret_…`), which comes in a first, unsigned request: take
 * it with `isPending` and `onSecret`, or read it elsewhere. `secret` may be a function that finds none as yet.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for `isPending` without `onSecret`, or the other way round
 * @see https://developers.notion.com/reference/webhooks
 * @example
 * ```ts
 * const settings = new Map<string, string>();
 * const provider = notion({
 *   secret: () => settings.get('notion'),
 *   isPending: () => settings.get('notion') === undefined,
 *   onSecret: (token) => settings.set('notion', token),
 * });
 * ```
 */
export const notion: ProviderFactory<'secret', Record<string, unknown>, NotionOptions> = defineProvider({
  name: 'notion',
  docs: { url: 'https://developers.notion.com/reference/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: HEADER,
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: { encoding: 'utf8', refuse: { ntn_: 'an API token, not a verification token' } },
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
  handshakes: handshake,
});
