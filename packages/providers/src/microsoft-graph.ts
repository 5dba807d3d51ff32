import {
  defineProvider,
  type Envelope,
  type ProviderFactory,
  queryEcho,
  type Scheme,
  type SchemeKey,
  token,
} from '@countersign/core';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { publishedJwt } from './schemes/jwt.ts';
import { microsoftIssuers, microsoftKeys } from './schemes/microsoft-token.ts';
import { requiredOption } from './schemes/required-option.ts';

/** Options of {@link microsoftGraph}. */
export interface MicrosoftGraphOptions extends FetchOption {
  /** For notifications with resource data: the application (client) ID whose tokens they bear. With `tenantId`. */
  readonly appId?: string | undefined;
  /** The directory (tenant) ID. */
  readonly tenantId?: string | undefined;
}

/** The application that sends change notifications, in every tenant. */
const SENDER = '0bf30f3b-4a52-48df-9a82-234910c4a086';

interface Notification {
  readonly clientState?: unknown;
  readonly encryptedContent?: unknown;
}

interface Notifications {
  readonly value?: readonly (Notification | null)[];
  readonly validationTokens?: readonly unknown[];
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The tokens as a scheme of their own, asked of each of them. */
function tokenKey({ appId, tenantId, fetch }: MicrosoftGraphOptions): SchemeKey | undefined {
  if (appId === undefined && tenantId === undefined) return undefined;
  return publishedJwt(
    {
      header: '-',
      algorithms: ['RS256'],
      issuer: microsoftIssuers(tenantId),
      audience: requiredOption(appId, 'appId', 'the application (client) ID that owns the subscription'),
      required: ['exp'],
      skew: 300,
      check: ({ appid, azp }) => (azp ?? appid) === SENDER,
    },
    microsoftKeys({ fetch }),
  ).key(new Uint8Array());
}

async function allHold(key: SchemeKey, tokens: readonly unknown[], envelope: Envelope): Promise<boolean> {
  for (const each of tokens) {
    const one = { ...envelope, signatures: [utf8(String(each))] };
    if (typeof each !== 'string' || (await key.verify([], one)) === false) return false;
  }
  return tokens.length > 0;
}

/** As many as one delivery may bring, of tokens and of notifications. */
const MANY = 1000;

class ClientStateKey implements SchemeKey {
  readonly #state: SchemeKey;
  readonly #tokens: SchemeKey | undefined;

  constructor(state: SchemeKey, tokens: SchemeKey | undefined) {
    this.#state = state;
    this.#tokens = tokens;
  }

  sign(content: Parameters<NonNullable<SchemeKey['sign']>>[0], envelope?: Envelope) {
    return (this.#state as Required<SchemeKey>).sign(content, envelope as Envelope);
  }

  async verify(_content: unknown, envelope: Envelope): Promise<boolean> {
    const { value, validationTokens } = envelope.payload as Notifications;
    if (!Array.isArray(value) || value.length === 0 || value.length > MANY) return false;
    let holds = true;
    for (const each of value as NonNullable<Notifications['value']>) {
      const state = each?.clientState;
      const one = { ...envelope, signatures: [utf8(typeof state === 'string' ? state : '')] };
      holds = (await this.#state.verify([], one)) === true && holds;
    }
    const isRich = value.some((each) => each?.encryptedContent !== undefined);
    if (!holds || this.#tokens === undefined || (!isRich && validationTokens === undefined)) return holds;
    if (!Array.isArray(validationTokens) || validationTokens.length > MANY) return false;
    return allHold(this.#tokens, validationTokens, envelope);
  }
}

const state = token({ payload: 'value.0.clientState' });

const schemeOf = (options: MicrosoftGraphOptions): Scheme<'secret'> => {
  const tokens = tokenKey(options);
  return { ...state, key: (secret) => new ClientStateKey(state.key(secret), tokens) };
};

/**
 * Microsoft Graph change notifications. `secret` is the `clientState` of the subscription, which every notification of a
 * delivery must bear: it proves the sender and covers nothing. Notifications with resource data bear tokens besides:
 * with `appId` and `tenantId` all of them must hold. Their `encryptedContent` is left for you to decrypt. The payload is
 * the delivery, whose `value` is a list; `context.once` tells its items apart. Answered 202 within 3 s.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for one of `appId` and `tenantId` without the other
 * @see https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
export const microsoftGraph: ProviderFactory<
  'secret',
  Record<string, unknown>,
  MicrosoftGraphOptions
> = defineProvider<'secret', Record<string, unknown>, MicrosoftGraphOptions>({
  name: 'microsoft-graph',
  docs: {
    url: 'https://learn.microsoft.com/graph/change-notifications-delivery-webhooks',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: schemeOf,
  type: { constant: 'notifications' },
  handshakes: [queryEcho({ name: 'validation', method: 'POST', challenge: 'validationToken' })],
  acknowledge: { status: 202 },
  deadline: 3,
  horizon: 14_400,
  reactions: { '2xx': 'done', '5xx': 'retry', timeout: 'retry' },
});
